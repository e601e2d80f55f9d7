-- Unpacks a range whose length leaves 64 bits (CVE-2025-46817).
-- exit: 3
-- says: too many results to unpack

return {
  name = "unpack_overflow", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (table.unpack({}, -(1 << 63), (1 << 63) - 1))
  end,
}
