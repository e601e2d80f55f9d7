-- A pattern that takes a minute on 600 bytes in stock Lua.
-- exit: 3
-- says: pattern takes too many steps on a string of 600 bytes

return {
  name = "pattern_backtracking", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("a"):rep(600):find(".-.-.-b")))
  end,
}
