-- Repeats so often that the length leaves 64 bits.
-- exit: 3
-- says: resulting string too large

return {
  name = "rep_overflow", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return ("xx"):rep((1 << 63) - 1)
  end,
}
