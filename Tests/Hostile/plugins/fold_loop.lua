-- Loops for ever in update.
-- exit: 3
-- says: stopped at its time limit
-- query: measure

return {
  name = "fold_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  init = function() return { n = 0 } end,
  update = function(state, n) while true do end end,
  finalize = function(state) return state.n end,
}
