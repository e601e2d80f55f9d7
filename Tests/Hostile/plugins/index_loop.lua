-- Two tables look their keys up in one another.
-- exit: 3
-- says: '__index' chain too long; possible loop

return {
  name = "index_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local a, b = {}, {}
    setmetatable(a, { __index = b })
    setmetatable(b, { __index = a })
    return a.x
  end,
}
