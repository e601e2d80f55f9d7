-- A finaliser, where nothing could stop it.
-- exit: 3
-- says: a metatable has no __gc here

return {
  name = "gc_metamethod", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    setmetatable({}, { __gc = function() while true do end end })
    return "x"
  end,
}
