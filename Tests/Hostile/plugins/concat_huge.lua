-- Joins a gigabyte.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "concat_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = ("x"):rep(1 << 20)
    local t = {}
    for i = 1, 1000 do t[i] = s end
    return table.concat(t, s)
  end,
}
