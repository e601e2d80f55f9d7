-- Reaches for open.
-- exit: 3
-- says: unknown global: open

return {
  name = "absent_open", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(open("/etc/passwd"))
  end,
}
