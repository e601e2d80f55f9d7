-- Fills the memory.
-- exit: 1
-- says: stopped at its memory limit
-- memory: 48

local t = {}
for i = 1, 1 << 40 do t[i] = { i } end
