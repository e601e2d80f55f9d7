return { name = "p", summary = "s", params = { { "x", "number" } }, returns = "number",
  init = function() return { n = 0, s = 0.0 } end,
  update = function(st, x) st.n = st.n + 1 st.s = st.s + x end,
  merge = function(a, b) a.n = a.n + b.n a.s = a.s + b.s end,
  finalize = function(st) return st.n > 0 and st.s / st.n or nil end }
