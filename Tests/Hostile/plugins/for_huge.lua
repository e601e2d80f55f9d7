-- Counts up to infinity.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "for_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    for i = 1, math.huge do end
  end,
}
