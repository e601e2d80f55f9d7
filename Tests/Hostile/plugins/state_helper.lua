-- Keeps state in a table that it hands to a function.
-- exit: 3
-- says: keeps state between calls

local seen = {}
local function change(t) t.count = (t.count or 0) + 1 return t.count end

return {
  name = "state_helper", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(change(seen))
  end,
}
