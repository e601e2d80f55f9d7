-- A replacement of a million empty captures at each of a million places.
-- exit: 3

return {
  name = "pattern_template", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (("x"):rep(1000000):gsub("", ("%0"):rep(1000000)))
  end,
}
