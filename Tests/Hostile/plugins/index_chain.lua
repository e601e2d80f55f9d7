-- Looks a key up that leads to the next one.
-- exit: 3

return {
  name = "index_chain", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end })
    return t[1]
  end,
}
