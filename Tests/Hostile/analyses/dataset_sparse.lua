-- Makes a dataset of 9,000 rows, each with a field of its own: 81 million cells.
-- exit: 1
-- memory: 512
-- says: the memory limit was reached

local t = {}
for i = 1, 9000 do t[i] = { ["c" .. i] = i } end
print(#dataset { t = t }.t.names)
