-- Defines a million metrics.
-- exit: 1
-- says: stopped at its

for i = 1, 1000000 do
  metric { name = "m" .. i, params = { { "n", "integer" } }, returns = "integer", each = function(n) return n end }
end
