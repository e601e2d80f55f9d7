-- A hundred thousand parameters, each name compared with those before it.
-- exit: 3
-- says: too many parameters of params_many: 100000

local params = {}
for i = 1, 100000 do params[i] = { "p" .. i, "integer" } end
return {
  name = "params_many", summary = "Hostile.", params = params, returns = "integer",
  each = function(n) return n end,
}
