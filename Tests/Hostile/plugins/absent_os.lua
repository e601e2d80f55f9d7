-- Reaches for os.
-- exit: 3
-- says: unknown global: os

return {
  name = "absent_os", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(os.execute("true"))
  end,
}
