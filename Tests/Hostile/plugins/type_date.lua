-- Gives a day that does not exist.
-- exit: 3
-- says: 2025-02-30

return {
  name = "type_date", summary = "Hostile.", params = { { "n", "integer" } }, returns = "date",
  each = function(n)
    return "2025-02-30"
  end,
}
