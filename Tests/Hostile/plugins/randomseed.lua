-- Seeds the random numbers of a metric.
-- exit: 3
-- says: a metric's random numbers are seeded already

return {
  name = "randomseed", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    math.randomseed(n)
    return tostring(math.random())
  end,
}
