-- Repeats with a separator so that the length leaves 64 bits.
-- exit: 3
-- says: resulting string too large

return {
  name = "rep_separator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return ("x"):rep(1 << 61, ("y"):rep(16))
  end,
}
