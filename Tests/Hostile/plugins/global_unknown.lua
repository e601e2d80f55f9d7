-- Reads a global that is not there.
-- exit: 3
-- says: unknown global: lentgh

return {
  name = "global_unknown", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(lentgh)
  end,
}
