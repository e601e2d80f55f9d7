-- Adds limits to a query without an end.
-- exit: 1
-- memory: 512
-- says: a query of more than 10000 steps

local q = open("data").t
for i = 1, 20000 do q = q:limit(5) end
print(#q)
