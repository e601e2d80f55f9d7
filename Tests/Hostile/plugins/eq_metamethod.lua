-- Loops for ever in a comparison for equality.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "eq_metamethod", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = { __eq = function() while true do end end }
    return setmetatable({}, m) == setmetatable({}, m) and "a" or "b"
  end,
}
