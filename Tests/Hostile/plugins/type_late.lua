-- Gives another type in the third row only.
-- exit: 3
-- says: row 3

return {
  name = "type_late", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    if n == 3 then return "three" end
    return n
  end,
}
