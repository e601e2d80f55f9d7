-- Nested loops over nothing, in a branch that no row takes: whoever runs them to find out what they do is never done.
-- exit: 0
-- prints: 1,

return {
  name = "lifted_rounds", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    if n == -12345 then
      for i = 1, 64 do for j = 1, 64 do for k = 1, 64 do for l = 1, 64 do for m = 1, 64 do end end end end end
    end
    return n
  end,
}
