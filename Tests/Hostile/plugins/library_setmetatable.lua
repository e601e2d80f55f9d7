-- Gives a library another metatable.
-- exit: 3
-- says: cannot change a protected metatable

return {
  name = "library_setmetatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    setmetatable(string, {})
    return "x"
  end,
}
