-- Makes pairs walk without an end.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "pairs_metamethod", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    for _ in pairs(setmetatable({}, { __pairs = function() return function() return 1 end end })) do end
  end,
}
