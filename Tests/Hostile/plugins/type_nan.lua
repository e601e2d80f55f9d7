-- Gives what is no number: it stays one, and does not pass for null.
-- exit: 0
-- prints: nan

return {
  name = "type_nan", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  each = function(n)
    return 0 / 0
  end,
}
