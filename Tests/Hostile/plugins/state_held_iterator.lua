-- Keeps its place in an iterator that stands in a table.
-- exit: 3
-- says: keeps state between calls

local held = { string.gmatch(string.rep("a", 100), "()a") }

return {
  name = "state_held_iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return held[1]() end,
}
