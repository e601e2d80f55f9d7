-- Reaches for clock.
-- exit: 3
-- says: unknown global: clock

return {
  name = "absent_clock", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(clock())
  end,
}
