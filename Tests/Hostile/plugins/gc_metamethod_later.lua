-- A finaliser that is put in behind the check.
-- exit: 0
-- prints: 1,

return {
  name = "gc_metamethod_later", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = {}
    for i = 1, 1000 do setmetatable({}, m) end
    m.__gc = function() while true do end end
    for i = 1, 100000 do local t = { i } end
    return "x"
  end,
}
