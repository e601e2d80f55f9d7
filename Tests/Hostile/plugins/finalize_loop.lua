-- Loops for ever in finalize, and catches what stops it.
-- exit: 3
-- says: stopped at its time limit
-- query: measure

return {
  name = "finalize_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  init = function() return { n = 0 } end,
  update = function(state, n) state.n = n end,
  finalize = function(state) local ok repeat ok = pcall(function() while true do end end) until false end,
}
