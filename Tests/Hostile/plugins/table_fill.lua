-- Fills a table without an end.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "table_fill", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 1 << 40 do t[i] = i end
  end,
}
