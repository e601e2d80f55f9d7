-- A pattern a hundred thousand items long.
-- exit: 3
-- says: pattern too complex

return {
  name = "pattern_recursion", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (("a"):rep(300000):match((".-"):rep(100000)))
  end,
}
