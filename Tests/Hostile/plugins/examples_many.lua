-- Comes with five million examples.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

local examples = {}
for i = 1, 5000000 do examples[i] = { args = { i }, gives = i } end
return {
  name = "examples_many", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return n end, examples = examples,
}
