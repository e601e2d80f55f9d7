-- Counts its calls.
-- exit: 3
-- says: metric state_upvalue keeps state between calls: count

local count = 0

return {
  name = "state_upvalue", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    count = count + 1
    return tostring(count)
  end,
}
