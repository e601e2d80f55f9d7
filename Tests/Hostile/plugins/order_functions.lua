-- The same by next, with functions.
-- exit: 3
-- says: keys that are tables or functions have no order

return {
  name = "order_functions", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 8 do t[function() return i end] = i end
    return tostring(t[next(t)])
  end,
}
