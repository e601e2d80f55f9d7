-- Raises an error without a message.
-- exit: 3
-- says: (error object is a nil value)

return {
  name = "error_nil", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error(nil)
  end,
}
