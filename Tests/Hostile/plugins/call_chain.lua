-- Calls a table whose call is a table, three hundred deep.
-- exit: 3

return {
  name = "call_chain", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 300 do t = setmetatable({}, { __call = t }) end
    return t()
  end,
}
