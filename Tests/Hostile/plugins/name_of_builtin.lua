-- Takes the name of a function of Readout.
-- exit: 3
-- says: a built-in function has this name

return {
  name = "mean", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return 42 end,
}
