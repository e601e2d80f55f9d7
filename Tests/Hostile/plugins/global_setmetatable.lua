-- Gives the globals another metatable.
-- exit: 3
-- says: cannot change a protected metatable

return {
  name = "global_setmetatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    setmetatable(_ENV, {})
    return "x"
  end,
}
