-- Gives a string where it says number.
-- exit: 3
-- says: type_string gives a string, not a number: 42

return {
  name = "type_string", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  each = function(n)
    return "42"
  end,
}
