-- Jumps to itself.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "goto_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    ::top:: goto top
  end,
}
