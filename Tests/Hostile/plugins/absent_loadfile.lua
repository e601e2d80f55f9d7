-- Reaches for loadfile.
-- exit: 3
-- says: unknown global: loadfile

return {
  name = "absent_loadfile", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(loadfile("/etc/passwd"))
  end,
}
