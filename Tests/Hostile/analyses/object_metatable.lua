-- Calls the methods of a query on other values.
-- exit: 0
-- prints: false

local q = open("data").t
pcall(setmetatable, q, {})
pcall(function() q.x = 1 end)
assert(getmetatable(q) == false)
print(pcall(q.where, {}, "n > 0"), pcall(q.csv, 5, "x.csv"), pcall(q.rows, open "data"))
