-- A set of ten million characters that is skipped at every place.
-- exit: 3

return {
  name = "pattern_long_set", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("b"):rep(1000):find("[" .. ("a"):rep(10000000) .. "]-x")))
  end,
}
