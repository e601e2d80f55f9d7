-- Opens files in a metric.
-- exit: 1
-- says: not available in a function of rows

metric { name = "opens", params = { { "n", "integer" } }, returns = "integer", each = function(n) return #open("data").t end }
print(open("data").t:derive("x = opens(n)"))
