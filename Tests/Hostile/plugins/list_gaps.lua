-- Gives lists with gaps and with names, whose items would be lost.
-- exit: 3
-- says: gives a table with gaps or names, not a list

return {
  name = "list_gaps", summary = "Hostile.", params = { { "n", "integer" } }, returns = "list",
  each = function(n)
    if n % 2 == 0 then return { "a", nil, "c" } end
    return { "a", name = "b" }
  end,
}
