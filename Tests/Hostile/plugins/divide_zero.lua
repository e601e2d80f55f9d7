-- Divides an integer by zero.
-- exit: 3
-- says: attempt to divide by zero

return {
  name = "divide_zero", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(1 // 0 == 1)
  end,
}
