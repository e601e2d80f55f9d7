-- Is as it was after three rows, which is all that there are.
-- exit: 3
-- says: keeps state between calls

local held = { { n = 0 } }
local function get() return held[1] end

return {
  name = "state_period", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local state = get()
    state.n = (state.n + 1) % 3
    return state.n
  end,
}
