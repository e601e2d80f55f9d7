-- Walks a table whose keys are tables: their only order is that of addresses.
-- exit: 3
-- says: keys that are tables or functions have no order

return {
  name = "order_tables", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 8 do t[{}] = i end
    local s = ""
    for _, v in pairs(t) do s = s .. v end
    return s
  end,
}
