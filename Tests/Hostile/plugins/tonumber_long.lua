-- Reads a number of a million digits.
-- exit: 0
-- prints: 1,

return {
  name = "tonumber_long", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(tonumber(("9"):rep(1000000), 36)) .. tostring(tonumber(("f"):rep(1000000), 16) ~= nil)
  end,
}
