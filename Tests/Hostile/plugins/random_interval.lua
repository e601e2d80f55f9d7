-- Asks for random numbers of the widest and of an empty interval.
-- exit: 0
-- prints: false

return {
  name = "random_interval", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(math.random(math.mininteger, math.maxinteger)) .. tostring(pcall(math.random, 2, 1))
  end,
}
