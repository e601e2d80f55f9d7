-- Makes texts that are no UTF-8 in three ways: ten texts stay ten.
-- exit: 0
-- prints: 10 10 10

local rows = {}
for i = 1, 10 do rows[i] = { n = i, b = "\xff" .. string.char(128 + i) } end
metric { name = "odd", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n) return "\xff" .. string.char(128 + n) end }
local q = dataset { t = rows }.t:derive("z", function(row) return "\xff" .. string.char(128 + row.n) end)
local function groups(expression) return #q:by(expression):measure "c = count()" end
print(groups "b" .. " " .. groups "z" .. " " .. groups "m = odd(n)")
