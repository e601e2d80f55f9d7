-- Changes what its functions lead to, but between queries only.
-- exit: 0
-- prints: 8 21 34

local factor = { 1 }
digits = { 0 }
local q = open("data").t
local function scaled(row) return row.n * factor[1] + digits[1] + #string.format("%s", digits) end
local out = {}
for i = 1, 3 do
  out[i] = q:derive("v", scaled)[3].v
  factor[1], digits[1], added = factor[1] + 1, digits[1] + 10, i
end
print(table.concat(out, " "))
