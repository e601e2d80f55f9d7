-- Reaches for newproxy.
-- exit: 3
-- says: unknown global: newproxy

return {
  name = "absent_newproxy", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(newproxy(true))
  end,
}
