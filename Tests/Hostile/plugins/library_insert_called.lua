-- Inserts into a library. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "library_insert_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.insert(table, "evil")
    return "x"
  end,
}
