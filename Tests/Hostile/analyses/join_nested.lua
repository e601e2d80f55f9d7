-- Joins a table with a query that joins it with a query, and so on.
-- exit: 1
-- says: deep in each other

local t = open("data").t
local q = t
for i = 1, 2000 do q = t:join(q, { on = "n", kind = "semi" }) end
print(#q)
