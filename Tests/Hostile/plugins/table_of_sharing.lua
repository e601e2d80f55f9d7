-- A table of sixty levels that would be 2^60 values when it is copied.
-- exit: 3

local examples = { 1 }
for i = 1, 60 do examples = { examples, examples } end
return {
  name = "table_of_sharing", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return n end, examples = examples,
}
