return {
  { name = "shape", params = { { "t", "text" }, { "l", "list" } }, returns = "string", nulls = "pass",
    each = function(t, l)
      local out = {}
      for i, item in ipairs(l or {}) do out[i] = item:upper() end
      for token in each_token(t or "") do out[#out + 1] = token end
      table.sort(out)
      return table.concat(out, ",") .. words(t or "") .. mentions(t or "", "war", "pea*") end },
  { name = "when", params = { { "d", "date" }, { "x", "number" } }, returns = "date",
    each = function(d, x) if x > 1 then return nil end return d end },
  { name = "kinds", params = { { "s", "string" } }, returns = "list",
    each = function(s) return { s, s:sub(1, 2), s:gsub("%a", "x"), string.format("%5.2f", #s) } end },
  { name = "peak", params = { { "x", "number" } }, returns = "number",
    init = function() return { best = -math.huge, n = 0 } end,
    update = function(state, x) state.n = state.n + 1 if x > state.best then state.best = x end end,
    merge = function(a, b) a.n = a.n + b.n if b.best > a.best then a.best = b.best end end,
    finalize = function(state) if state.n > 0 then return state.best end end },
}
