-- Reaches for debug.
-- exit: 3
-- says: unknown global: debug

return {
  name = "absent_debug", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(debug.getregistry())
  end,
}
