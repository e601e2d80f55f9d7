-- A finaliser that is inherited.
-- exit: 0
-- prints: 1,

return {
  name = "gc_metamethod_index", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = setmetatable({}, { __index = { __gc = function() while true do end end } })
    for i = 1, 1000 do setmetatable({}, m) end
    for i = 1, 100000 do local t = { i } end
    return "x"
  end,
}
