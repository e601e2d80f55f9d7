-- Repeats nothing a billion times.
-- exit: 0
-- prints: 1,

return {
  name = "rep_empty", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (""):rep(1000000000)
  end,
}
