-- Loops for ever in metamethods.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "metamethods", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = setmetatable({}, {})
    local m = getmetatable(t)
    for _, name in ipairs { "__add", "__concat", "__eq", "__lt", "__le", "__call", "__len", "__unm" } do
      m[name] = function() while true do end end
    end
    return t + t
  end,
}
