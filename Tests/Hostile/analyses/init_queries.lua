-- An init that asks the query it is part of, whose planning asks init again.
-- exit: 0

local q
metric {
  name = "again", params = { { "x", "number" } }, returns = "number",
  init = function()
    pcall(function() return #q end)
    return { n = 0 }
  end,
  update = function(s, x) s.n = s.n + x end,
  finalize = function(s) return s.n end,
}
q = dataset { t = { { x = 1.5 }, { x = 3 } } }.t:measure("v = " .. ("abs("):rep(90) .. "again(x)" .. (")"):rep(90))
print(q)
