-- Moves more elements than there are integers.
-- exit: 3
-- says: table.move of more than 16777216 elements

return {
  name = "move_overflow", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.move({}, -(1 << 63), (1 << 63) - 1, 1)
    return "x"
  end,
}
