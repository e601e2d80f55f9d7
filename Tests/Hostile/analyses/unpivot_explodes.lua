-- Makes 1,800,000 rows of 90,000, a row for each of twenty columns.
-- exit: 1
-- memory: 20
-- says: the memory limit was reached

local rows, names = {}, {}
for c = 1, 20 do names[c] = "v" .. c end
for i = 1, 300 do
  rows[i] = { k = 1, i = i }
  for c = 1, 20 do rows[i]["v" .. c] = c end
end
local t = dataset { t = rows }.t
local all = t:join(t:where "i <= 300":select "k, i", { on = "k", prefix = "z" })
print(#all:unpivot { columns = table.concat(names, ", ") })
