-- Makes characters of nothing.
-- exit: 3
-- says: bad argument #1 to 'char'

return {
  name = "char_many", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.char(table.unpack({}, 1, 200000))
  end,
}
