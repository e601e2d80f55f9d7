-- Is as it was after three rows, which is all that there are.
-- exit: 3
-- says: keeps state between calls
-- query: measure

local held = { { n = 0 } }
local function get() return held[1] end

return {
  name = "state_period_fold", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  init = function() return { sum = 0 } end,
  update = function(state, n)
    local kept = get()
    kept.n = (kept.n + 1) % 3
    state.sum = state.sum + kept.n
  end,
  finalize = function(state) return state.sum end,
}
