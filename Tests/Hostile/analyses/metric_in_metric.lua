-- A metric defines another one while it runs.
-- exit: 1
-- says: not available in a function of rows

metric {
  name = "outer", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    metric { name = "inner", params = { { "n", "integer" } }, returns = "integer", each = function(n) return n end }
    return n
  end,
}
print(open("data/t.csv").t:derive("v = outer(n)"))
