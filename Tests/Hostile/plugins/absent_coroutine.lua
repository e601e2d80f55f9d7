-- Reaches for coroutine.
-- exit: 3
-- says: unknown global: coroutine

return {
  name = "absent_coroutine", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(coroutine.wrap(function() end))
  end,
}
