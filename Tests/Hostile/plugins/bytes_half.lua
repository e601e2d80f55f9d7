-- Cuts a character in two: groups of such texts would look alike.
-- exit: 3
-- says: gives a string that is no UTF-8, not a string

return {
  name = "bytes_half", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n) return ("é"):rep(n):sub(1, 2 * n - 1) end,
}
