-- Raises an error with a NUL in it.
-- exit: 3
-- says: before\x00after

return {
  name = "error_nul", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error("before\0after", 0)
  end,
}
