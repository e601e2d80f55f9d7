-- Raises an error at a level that does not exist.
-- exit: 3
-- says: readout: x

return {
  name = "error_level", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error("x", 1 << 30)
  end,
}
