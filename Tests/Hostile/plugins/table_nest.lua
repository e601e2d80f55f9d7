-- Nests tables without an end.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "table_nest", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    while true do t = { t, ("x"):rep(100) } end
  end,
}
