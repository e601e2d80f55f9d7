-- Reaches for package.
-- exit: 3
-- says: unknown global: package

return {
  name = "absent_package", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(package.loadlib("x", "y"))
  end,
}
