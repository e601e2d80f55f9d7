-- A state of 2^45 tables when it is packed to be merged.
-- exit: 3
-- query: measure

return {
  name = "state_of_sharing", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  init = function() return {} end,
  update = function(state, n)
    local deep = {}
    for i = 1, 45 do deep = { deep, deep } end
    state.deep = deep
  end,
  merge = function(state, other) end,
  finalize = function(state) return 1 end,
  examples = { { rows = { { 1 }, { 2 } }, gives = 1 } },
}
