-- More captures than there may be.
-- exit: 3
-- says: too many captures

return {
  name = "pattern_deep", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("a"):rep(300000):find(("(a"):rep(40))))
  end,
}
