-- Thirty long sets that are read anew at every step.
-- exit: 3

return {
  name = "pattern_many_sets", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local set = "[" .. ("a"):rep(100000) .. "]*"
    return tostring((("a"):rep(1000):find(set:rep(30) .. "b")))
  end,
}
