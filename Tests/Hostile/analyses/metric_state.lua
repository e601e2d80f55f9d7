-- Defines a metric that counts its calls.
-- exit: 1
-- says: metric counted keeps state between calls: count

local count = 0
metric { name = "counted", params = { { "n", "integer" } }, returns = "integer", each = function(n) count = count + 1 return count end }
