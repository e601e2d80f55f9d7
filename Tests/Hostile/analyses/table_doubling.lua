-- A table that holds another twice, which holds another twice, 60 deep: as plain data it is endless.
-- exit: 1
-- says: stopped at its

local t = {}
for i = 1, 60 do t = { a = t, b = t } end
open("data/t.csv", t)
