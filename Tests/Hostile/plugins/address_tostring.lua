-- Shows tables and functions as text.
-- exit: 0
-- prints: tablefunctiontabletabletable

return {
  name = "address_tostring", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring({}) .. tostring(function() end) .. tostring(string) .. tostring(_ENV) .. tostring(setmetatable({}, { __name = "x" }))
  end,
}
