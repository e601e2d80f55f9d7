-- Gives a list of ten million strings.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 64

return {
  name = "result_list", summary = "Hostile.", params = { { "n", "integer" } }, returns = "list",
  each = function(n)
    local t = {}
    for i = 1, 10000000 do t[i] = "x" end
    return t
  end,
}
