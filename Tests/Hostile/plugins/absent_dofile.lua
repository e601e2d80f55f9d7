-- Reaches for dofile.
-- exit: 3
-- says: unknown global: dofile

return {
  name = "absent_dofile", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(dofile("/etc/passwd"))
  end,
}
