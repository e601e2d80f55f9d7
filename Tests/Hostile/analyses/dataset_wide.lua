-- Makes a dataset of twenty thousand rows, each with a field of its own.
-- exit: 1
-- says: records of too many columns

local t = {}
for i = 1, 20000 do t[i] = { ["c" .. i] = i } end
print(#dataset { t = t }.t.names)
