-- A join of 60,000 rows with one key gives 3.6 billion pairs.
-- exit: 1
-- memory: 512

local r = {}
for i = 1, 60000 do r[i] = { k = 1, i = i } end
local t = dataset { t = r }.t
print(#t:join(t, { on = "k" }):join(t, { on = "k", prefix = "z" }))
