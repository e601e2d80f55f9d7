-- Counts in the smallest steps that there are.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "for_float", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    for x = 0, 1, 5e-324 do end
  end,
}
