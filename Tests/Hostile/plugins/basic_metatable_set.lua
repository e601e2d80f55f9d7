-- Gives strings another metatable.
-- exit: 3
-- says: bad argument #1 to 'setmetatable'

return {
  name = "basic_metatable_set", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    setmetatable("", { __index = {} })
    return "x"
  end,
}
