-- Asks for an address behind a NUL, where a C string ends.
-- exit: 3
-- says: string.format has no '%p' here

return {
  name = "address_format_nul", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.format("\0%p", {})
  end,
}
