-- Sorts long strings that differ only in their last bytes.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "sort_long_strings", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 400 do t[i] = ("\0"):rep(100000) .. (i * 7919 % 400) end
    for i = 1, 1000 do table.sort(t) for j = 1, 400 do t[j], t[401 - j] = t[401 - j], t[j] end end
  end,
}
