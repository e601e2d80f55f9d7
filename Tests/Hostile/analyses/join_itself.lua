-- Joins a query with itself sixty times, which doubles it each time.
-- exit: 1
-- says: a query of more than 10000 steps

local q = open("data").t
for i = 1, 60 do q = q:join(q, { on = "n", kind = "semi" }) end
print(#q)
