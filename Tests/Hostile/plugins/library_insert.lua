-- Inserts into a library.
-- exit: 3
-- says: a library cannot be changed

table.insert(table, "evil")

return {
  name = "library_insert", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
