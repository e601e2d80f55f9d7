-- A metric that holds itself.
-- exit: 3
-- says: a table is nested too deeply, or holds itself

local metric = { name = "table_of_itself", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer" }
metric.each = function(n) return n end
metric.examples = metric
return metric
