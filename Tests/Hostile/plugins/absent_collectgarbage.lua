-- Reaches for collectgarbage.
-- exit: 3
-- says: unknown global: collectgarbage

return {
  name = "absent_collectgarbage", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(collectgarbage("stop"))
  end,
}
