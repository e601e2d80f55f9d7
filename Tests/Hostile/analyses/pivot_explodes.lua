-- Pivots to a hundred thousand columns.
-- exit: 1

local r = {}
for i = 1, 100000 do r[i] = { k = "c" .. i, v = i } end
print(#dataset { t = r }.t:pivot("k", "v").names)
