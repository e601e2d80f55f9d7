-- Repeats a byte 2^30 times.
-- exit: 3
-- says: stopped at its memory limit

return {
  name = "rep_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return ("x"):rep(1 << 30)
  end,
}
