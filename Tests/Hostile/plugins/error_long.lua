-- Raises an error of thirty million characters.
-- exit: 3
-- says: xxx

return {
  name = "error_long", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error(("x"):rep(30000000))
  end,
}
