-- Shifts by more bits than there are.
-- exit: 0
-- prints: 000

return {
  name = "shift", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(1 << 64) .. tostring(1 << -1) .. tostring(1 >> math.mininteger)
  end,
}
