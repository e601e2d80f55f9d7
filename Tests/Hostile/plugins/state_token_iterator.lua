-- Keeps its place in the iterator of each_token.
-- exit: 3
-- says: keeps an iterator between calls

local following = each_token(string.rep("w ", 100))

return {
  name = "state_token_iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) local _, _, first = following() return first end,
}
