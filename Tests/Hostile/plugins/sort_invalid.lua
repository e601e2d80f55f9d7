-- Sorts by an order that is none.
-- exit: 3
-- says: invalid order function for sorting

return {
  name = "sort_invalid", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 1000 do t[i] = i end
    local flip = false
    table.sort(t, function(a, b) flip = not flip return flip end)
    while true do table.sort(t, function() return true end) end
  end,
}
