-- Inserts far behind the end.
-- exit: 3
-- says: position out of bounds

return {
  name = "insert_position", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.insert({}, 1 << 62, 1)
    return "x"
  end,
}
