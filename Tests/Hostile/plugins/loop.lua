-- Loops for ever.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    while true do end
  end,
}
