-- Returns a hundred thousand metrics: each name is compared with those before it, and looked for in the source.
-- exit: 3
-- says: too many metrics in one plugin: 100001

local list = {}
local params = { { "n", "integer" } }
local function each(n) return n end
for i = 1, 100000 do list[i] = { name = "m" .. i, params = params, returns = "integer", each = each } end
list[#list + 1] = { name = "metrics_many", params = params, returns = "integer", each = each }
return list
