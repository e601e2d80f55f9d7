-- Reaches for load.
-- exit: 3
-- says: unknown global: load

return {
  name = "absent_load", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(load("return 1"))
  end,
}
