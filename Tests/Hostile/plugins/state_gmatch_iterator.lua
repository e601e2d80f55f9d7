-- Keeps its place in the iterator of gmatch.
-- exit: 3
-- says: keeps an iterator between calls

local following = string.gmatch(string.rep("a", 100), "()a")

return {
  name = "state_gmatch_iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return following() end,
}
