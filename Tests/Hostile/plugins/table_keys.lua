-- Fills a table by name without an end.
-- exit: 3
-- memory: 48

return {
  name = "table_keys", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 1 << 40 do t["k" .. i] = i end
  end,
}
