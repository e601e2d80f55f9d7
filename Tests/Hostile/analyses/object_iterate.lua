-- Walks a table whose keys are queries: in the order in which they were made.
-- exit: 0
-- prints: 123

local t = { [open("data").t] = 1, [open("data").t:where("n > 1")] = 2, [open("data")] = 3 }
local s = ""
for k, v in pairs(t) do s = s .. v end
print(s)
