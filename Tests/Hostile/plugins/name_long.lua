-- A name of a megabyte, which lists and errors would show.
-- exit: 3
-- says: too long a name for a metric: 1000000 bytes

return {
  name = ("a"):rep(1000000), summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return n end,
}
