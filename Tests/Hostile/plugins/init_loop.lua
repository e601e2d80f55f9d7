-- Loops for ever in init, where the trial of its merge law counts instructions.
-- exit: 1
-- says: the time limit was reached
-- query: measure

return {
  name = "init_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  init = function() while true do end end,
  update = function(state, n) end,
  finalize = function(state) return 1 end,
}
