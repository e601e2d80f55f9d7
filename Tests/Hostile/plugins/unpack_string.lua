-- Unpacks a string that says it is 2^63 long.
-- exit: 0
-- prints: falsefalse

return {
  name = "unpack_string", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(pcall(string.unpack, "s8", "\xff\xff\xff\xff\xff\xff\xff\x7f")) .. tostring(pcall(string.unpack, "z", "x", 1 << 62))
  end,
}
