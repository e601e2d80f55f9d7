-- Gives a table where it says number.
-- exit: 3
-- says: type_table gives a table, not a number

return {
  name = "type_table", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  each = function(n)
    return {}
  end,
}
