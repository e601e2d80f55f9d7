-- Sorts a million numbers over and over.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "sort_numbers", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 1000000 do t[i] = i * 7919 % 1000003 end
    for i = 1, 1000 do table.sort(t) t[1] = math.huge end
  end,
}
