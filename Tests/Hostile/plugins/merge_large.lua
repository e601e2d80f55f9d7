-- States so large that the trial of its merge cannot hold them: a good answer all the same.
-- exit: 0
-- query: measure

return {
  name = "merge_large", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  init = function() return { t = {} } end,
  update = function(state, n) state.t[#state.t + 1] = ("z"):rep(1000000) .. n end,
  merge = function(state, other) for _, text in ipairs(other.t) do state.t[#state.t + 1] = text end end,
  finalize = function(state) return #state.t end,
}
