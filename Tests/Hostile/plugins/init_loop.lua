-- Loops for ever in init, where the trial of its merge law counts instructions.
-- exit: 3
-- says: stopped at its time limit
-- query: measure

return {
  name = "init_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  init = function() while true do end end,
  update = function(state, n) end,
  finalize = function(state) return 1 end,
}
