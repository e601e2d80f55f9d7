-- A constant string doubled sixty times, in a branch that no row takes.
-- exit: 0
-- prints: 1,a b,no

return {
  name = "lifted_constants", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    if n == -12345 then
      local a = "x"
      for i = 1, 60 do a = a .. a end
      return a
    end
    return "no"
  end,
}
