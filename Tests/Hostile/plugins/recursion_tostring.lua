-- Recurs through tostring.
-- exit: 3
-- says: C stack overflow

return {
  name = "recursion_tostring", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = {}
    m.__tostring = function(t) return tostring(setmetatable({}, m)) end
    return tostring(setmetatable({}, m))
  end,
}
