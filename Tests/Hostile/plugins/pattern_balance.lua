-- Looks for a balance that is not there at every place.
-- exit: 3

return {
  name = "pattern_balance", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("("):rep(200000):find("%b()")))
  end,
}
