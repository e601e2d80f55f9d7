-- Reaches for loadstring.
-- exit: 3
-- says: unknown global: loadstring

return {
  name = "absent_loadstring", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(loadstring("return 1"))
  end,
}
