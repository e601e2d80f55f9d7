-- Shifts the elements of a table whose border lies far out.
-- exit: 3

return {
  name = "insert_border", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 0, 30 do t[1 << i] = true end
    for i = 31, 62 do t[1 << i] = true end
    t[math.maxinteger] = true
    while true do table.insert(t, 1, 1) table.remove(t, 1) end
  end,
}
