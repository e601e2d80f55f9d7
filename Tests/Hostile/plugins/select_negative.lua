-- Selects from before the beginning.
-- exit: 3
-- says: bad argument #1 to 'select' (index out of range)

return {
  name = "select_negative", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (select(-(1 << 62), 1))
  end,
}
