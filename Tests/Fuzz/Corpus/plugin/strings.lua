local words = { may = true }
local s = ("x"):rep(3):gsub("x", "%0y"):upper()
return { name = "w", summary = s, params = { { "t", "text" } }, returns = "integer",
  each = function(t) local n = 0 for w in t:gmatch("%a+") do if words[w:lower()] then n = n + 1 end end return n end }
