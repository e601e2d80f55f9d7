-- Changes the table while it is sorted.
-- exit: 0

return {
  name = "sort_growing", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local t = {}
    for i = 1, 1000 do t[i] = -i end
    pcall(table.sort, t, function(a, b)
      t[#t + 1] = 1
      t[1] = nil
      return (a or 0) < (b or 0)
    end)
    return n
  end,
}
