-- Reaches for io.
-- exit: 3
-- says: unknown global: io

return {
  name = "absent_io", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(io.open("/etc/passwd"))
  end,
}
