-- Compares a capture of half a million bytes at every place.
-- exit: 3

return {
  name = "pattern_back_reference", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("a"):rep(1000000):find("(.-)%1x")))
  end,
}
