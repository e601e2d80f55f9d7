-- polarisation(score): how far apart the scores of a group lie.
--
-- The unbiased sample variance, 0 when all agree and up to n / (n - 1) * r² when half of n scores stand at each end
-- of a scale from -r to r (so about 1 for stance in a large group). Null for fewer than two scores. Two parts are
-- merged by the formula of Chan, Golub and LeVeque (1979), which loses no digits where a sum of squares would.

return {
  name = "polarisation",
  summary = "Variance of the scores around their mean.",
  params = { { "score", "number" } },
  returns = "number",
  init = function() return { n = 0, mean = 0.0, m2 = 0.0 } end,
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
    { rows = { { 0.5 }, { 0.5 }, { 0.5 } }, gives = 0.0 },
    { rows = { { -1 }, { 0 }, { 1 } }, gives = 1.0 },
    { rows = { { 1000001 }, { 1000002 }, { 1000003 } }, gives = 1.0 },
    { rows = { { 1 }, { nil }, { -1 } }, gives = 2.0 },
    { rows = { { 0.25 } }, gives = nil },
    { rows = {}, gives = nil },
  },
}
