-- Walks a table by next, whose order follows addresses in stock Lua.
-- exit: 0
-- prints: -1.5 3 ant zebra true

return {
  name = "order_next", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local keys = {}
    for key in next, { zebra = 1, ant = 2, [3] = 3, [true] = 4, [-1.5] = 5 } do keys[#keys + 1] = tostring(key) end
    return table.concat(keys, " ")
  end,
}
