-- Reaches for getfenv.
-- exit: 3
-- says: unknown global: getfenv

return {
  name = "absent_getfenv", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(getfenv(0))
  end,
}
