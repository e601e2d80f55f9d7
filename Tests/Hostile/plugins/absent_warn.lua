-- Reaches for warn.
-- exit: 3
-- says: unknown global: warn

return {
  name = "absent_warn", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(warn("@on"))
  end,
}
