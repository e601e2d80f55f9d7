-- Moves into a library. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "library_sort_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.sort(string)
    table.move({ 1, 2 }, 1, 2, 1, math)
    return "x"
  end,
}
