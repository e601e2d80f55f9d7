-- Two tables pass what is set on to one another.
-- exit: 3
-- says: '__newindex' chain too long; possible loop

return {
  name = "newindex_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local a, b = {}, {}
    setmetatable(a, { __newindex = b })
    setmetatable(b, { __newindex = a })
    a.x = 1
  end,
}
