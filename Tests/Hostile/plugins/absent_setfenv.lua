-- Reaches for setfenv.
-- exit: 3
-- says: unknown global: setfenv

return {
  name = "absent_setfenv", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(setfenv(1, {}))
  end,
}
