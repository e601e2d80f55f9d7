-- Recurs through a metamethod.
-- exit: 3
-- says: overflow

return {
  name = "recursion_index", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = {}
    m.__index = function(t, k) return setmetatable({}, m)[k] end
    return setmetatable({}, m).x
  end,
}
