-- Defines a metric again: queries that were made with the first would change.
-- exit: 1
-- says: a metric of this name is defined already: twice

local function define(value)
  metric { name = "twice", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
    each = function(n) return n + value end }
end
define(1)
local q = dataset { t = { { n = 1 } } }.t:select "v = twice(n)"
print(q[1].v)
define(100)
print(q:limit(1)[1].v)
