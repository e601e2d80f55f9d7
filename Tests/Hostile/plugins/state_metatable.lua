-- Keeps state in a metamethod.
-- exit: 3
-- says: keeps state between calls

local count = 0
local seen = setmetatable({}, { __index = function(t) local m = getmetatable(t) m.count = (m.count or 0) + 1 return m.count end })

return {
  name = "state_metatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(seen.any)
  end,
}
