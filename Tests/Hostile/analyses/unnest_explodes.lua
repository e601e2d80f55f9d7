-- Makes 900 million rows of 300,000 lists.
-- exit: 1
-- memory: 512
-- says: the memory limit was reached

local list, rows = {}, {}
for i = 1, 3000 do list[i] = "a" end
for i = 1, 300 do rows[i] = { k = 1, l = i == 1 and list or nil } end
local t = dataset { t = rows }.t
print(#t:join(t:select "k", { on = "k", prefix = "z" }):join(t:select "k", { on = "k", prefix = "y" })
  :derive("l = split('" .. ("a,"):rep(300) .. "', ',')"):unnest "l")
