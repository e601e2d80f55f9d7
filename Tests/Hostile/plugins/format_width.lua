-- Formats a number 99,999 characters wide.
-- exit: 3
-- says: invalid conversion specification: '%99999d'

return {
  name = "format_width", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.format("%99999d", 1)
  end,
}
