-- Random numbers of a script are the same on every run.
-- exit: 0
-- prints:  

local a = {}
for i = 1, 3 do a[i] = math.random(1000) end
math.randomseed(7)
local b = math.random(1000)
math.randomseed(7)
assert(b == math.random(1000))
print(table.concat(a, " "))
