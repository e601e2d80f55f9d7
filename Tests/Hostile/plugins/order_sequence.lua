-- Adds keys while pairs walks.
-- exit: 0
-- prints: 123

return {
  name = "order_sequence", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = { 1, 2, 3 }
    local s = ""
    for k in pairs(t) do s = s .. tostring(k) t["x" .. k] = 1 end
    return s
  end,
}
