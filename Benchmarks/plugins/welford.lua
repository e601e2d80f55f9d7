-- welford(score): the sample variance, by Welford's recurrence (1962); parts are merged as Chan, Golub and LeVeque (1979)
-- do. `welford_whole` is the same but for a state that begins with the integers 0 and becomes floats on the way.

local function variance(name, zero)
  return {
    name = name,
    summary = "Variance of the scores around their mean.",
    params = { { "score", "number" } },
    returns = "number",
    init = function() return { n = 0, mean = zero, m2 = zero } end,
    update = function(state, score)
      local n = state.n + 1
      local gap = score - state.mean
      local mean = state.mean + gap / n
      state.n, state.mean, state.m2 = n, mean, state.m2 + gap * (score - mean)
    end,
    merge = function(state, other)
      if other.n == 0 then return end
      local n = state.n + other.n
      local gap = other.mean - state.mean
      state.m2 = state.m2 + other.m2 + gap * gap * (state.n * other.n / n)
      state.mean = state.mean + gap * (other.n / n)
      state.n = n
    end,
    finalize = function(state) return state.n > 1 and state.m2 / (state.n - 1) or nil end,
    examples = {
      { rows = { { 1 }, { -1 } }, gives = 2.0 },
      { rows = { { -1 }, { 0 }, { 1 } }, gives = 1.0 },
      { rows = { { 0.25 } }, gives = nil },
      { rows = {}, gives = nil },
    },
  }
end

return { variance("welford", 0.0), variance("welford_whole", 0) }
