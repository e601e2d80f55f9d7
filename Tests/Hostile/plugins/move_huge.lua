-- Moves 2^62 elements.
-- exit: 3
-- says: table.move of more than 16777216 elements

return {
  name = "move_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.move({}, 1, (1 << 62), 2)
    return "x"
  end,
}
