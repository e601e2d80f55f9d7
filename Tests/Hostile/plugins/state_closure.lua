-- Counts its calls in a function that another function made.
-- exit: 3
-- says: keeps state between calls

local function make()
  local count = 0
  return function() count = count + 1 return count end
end
local counter = make()

return {
  name = "state_closure", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(counter())
  end,
}
