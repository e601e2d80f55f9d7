-- Frontiers and gaps.
-- exit: 0
-- prints: nil

return {
  name = "pattern_frontier", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("a"):rep(1000000):find("%f[^a].-%f[^a].-b")))
  end,
}
