-- Sorts in the comparator of a sort, a thousand deep: C calls Lua calls C.
-- exit: 3
-- says: stack overflow

local function deep(n)
  local t = {}
  for i = 1, 100 do t[i] = i end
  table.sort(t, function(a, b)
    if n > 0 then deep(n - 1) end
    return a < b
  end)
end

return {
  name = "sort_recursive", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    deep(1000)
    return n
  end,
}
