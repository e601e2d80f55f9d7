-- Two plain metrics: what they give beside hostile ones has to stay the same.

return {
  {
    name = "steady", summary = "Words, capitals and a random number that follows from the text.",
    params = { { "text", "text" } }, returns = "string",
    each = function(text)
      local kinds = { upper = 0, lower = 0, other = 0 }
      for word in text:gmatch("%a+") do
        local kind = word:find("^%u") and "upper" or word:find("^%l") and "lower" or "other"
        kinds[kind] = kinds[kind] + 1
      end
      local out = {}
      for kind, count in pairs(kinds) do out[#out + 1] = kind .. "=" .. count end
      return ("%s %d %d"):format(table.concat(out, ","), words(text), math.random(1000))
    end,
  },
  {
    name = "steady_spread", summary = "Variance of the numbers.", params = { { "n", "integer" } }, returns = "number",
    init = function() return { n = 0, mean = 0, m2 = 0 } end,
    update = function(state, n)
      state.n = state.n + 1
      local d = n - state.mean
      state.mean = state.mean + d / state.n
      state.m2 = state.m2 + d * (n - state.mean)
    end,
    finalize = function(state) return state.m2 end,
  },
}
