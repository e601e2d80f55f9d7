return { name = "m", summary = "s", params = { { "x", "number" }, { "t", "text" } }, returns = "number",
  each = function(x, t) local n = 0 for i = 1, 3 do n = n + x * i end if x > 2 then return n end return math.abs(x) + #t end }
