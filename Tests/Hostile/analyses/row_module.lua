-- Counts rows in a module.
-- exit: 1
-- says: what module row_module leads to has changed

if ... then return { n = 0 } end
print(#open("data").t:where(function(row)
  local module = require "row_module"
  local same = module
  same.n = same.n + 1
  return same.n % 2 == 0
end))
