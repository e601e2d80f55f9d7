-- Joins a table that says it is 2^62 long.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "concat_len", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = setmetatable({}, { __len = function() return 1 << 62 end, __index = function() return "" end })
    return table.concat(t)
  end,
}
