-- Keeps its place in the iterator of pairs.
-- exit: 3
-- says: keeps an iterator between calls

local following, same = pairs({ a = 1, b = 2, c = 3, d = 4 })

return {
  name = "state_pairs_iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) local _, value = following(same) return value end,
}
