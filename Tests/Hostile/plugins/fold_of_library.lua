-- A fold of functions of C: they would keep numbers in the state beside its table.
-- exit: 3
-- says: random numbers are seeded already
-- query: measure

return {
  name = "fold_of_library", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  init = math.random, update = math.randomseed, merge = math.randomseed, finalize = math.random,
}
