-- Loops for ever in the comparison of a sort.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "sort_comparator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.sort({ 3, 2, 1 }, function() while true do end end)
  end,
}
