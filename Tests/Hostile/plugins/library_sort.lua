-- Moves into a library.
-- exit: 3
-- says: a library cannot be changed

table.sort(string)
table.move({ 1, 2 }, 1, 2, 1, math)

return {
  name = "library_sort", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
