-- Reaches for print.
-- exit: 3
-- says: unknown global: print

return {
  name = "absent_print", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(print("x"))
  end,
}
