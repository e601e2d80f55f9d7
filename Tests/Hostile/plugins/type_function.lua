-- Gives a function where it says string.
-- exit: 3
-- says: type_function gives a function, not a string

return {
  name = "type_function", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return function() end
  end,
}
