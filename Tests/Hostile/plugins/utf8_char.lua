-- Makes a code point that does not exist.
-- exit: 3
-- says: value out of range

return {
  name = "utf8_char", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return utf8.char(1 << 40)
  end,
}
