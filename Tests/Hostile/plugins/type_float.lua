-- Gives a fraction where it says integer.
-- exit: 3
-- says: type_float gives a number, not an integer: 1.5

return {
  name = "type_float", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    return 1.5
  end,
}
