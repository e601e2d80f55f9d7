-- Pivots to nine thousand columns of nine thousand rows.
-- exit: 1
-- memory: 512
-- says: the memory limit was reached

local r = {}
for i = 1, 9000 do r[i] = { k = "c" .. i, row = i, v = i } end
print(#dataset { t = r }.t:pivot("k", "v").names)
