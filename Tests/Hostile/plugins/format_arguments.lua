-- Formats a million numbers and gives one.
-- exit: 3
-- says: bad argument #3 to 'string.format' (no value)

return {
  name = "format_arguments", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.format(("%d"):rep(1000000), 1)
  end,
}
