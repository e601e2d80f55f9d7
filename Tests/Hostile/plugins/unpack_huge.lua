-- Unpacks 2^31 elements (CVE-2025-46817).
-- exit: 3
-- says: too many results to unpack

return {
  name = "unpack_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (table.unpack({}, 1, 1 << 31))
  end,
}
