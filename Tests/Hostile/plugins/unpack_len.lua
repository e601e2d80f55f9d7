-- Unpacks a table that says it is 2^62 long.
-- exit: 3
-- says: too many results to unpack

return {
  name = "unpack_len", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = setmetatable({}, { __len = function() return 1 << 62 end })
    return (table.unpack(t))
  end,
}
