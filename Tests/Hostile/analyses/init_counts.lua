-- An init that counts how often queries were planned: its state is another each time.
-- exit: 1
-- says: it keeps state between calls

local c = { n = 0 }
local function count(t)
  t.n = t.n + 1
  return t.n
end
metric {
  name = "counted", params = { { "x", "number" } }, returns = "integer",
  init = function() return { n = count(c) } end,
  update = function(s, x) end,
  finalize = function(s) return s.n end,
}
local t = dataset { t = { { x = 1 } } }.t
for i = 1, 3 do print(t:measure("v = counted(x)")[1].v) end
