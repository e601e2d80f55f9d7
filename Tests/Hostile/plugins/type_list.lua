-- Gives a list that holds a number.
-- exit: 3

return {
  name = "type_list", summary = "Hostile.", params = { { "n", "integer" } }, returns = "list",
  each = function(n)
    return { "a", 1 }
  end,
}
