-- Raises an error that is no UTF-8.
-- exit: 3
-- says: readout:

return {
  name = "error_bytes", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error("\xff\xfe", 0)
  end,
}
