-- Reaches for jit.
-- exit: 3
-- says: unknown global: jit

return {
  name = "absent_jit", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(jit.off())
  end,
}
