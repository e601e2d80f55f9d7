-- Adds steps to a query without an end.
-- exit: 1

local q = open("data").t
for i = 1, 1 << 40 do q = q:where("n > 0") end
