-- Makes 90 million rows of 300,000 lists.
-- exit: 1
-- memory: 512
-- says: the memory limit was reached

local rows = {}
for i = 1, 1000 do rows[i] = { k = 1, i = i } end
local t = dataset { t = rows }.t
local all = t:join(t:where "i <= 300", { on = "k", prefix = "z" })
print(#all:derive("l = split('" .. ("a,"):rep(300) .. "', ',')"):unnest "l")
