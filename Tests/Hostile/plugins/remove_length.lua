-- Removes from a table that says it is 2^62 long.
-- exit: 3
-- says: table.remove of a table with a length of its own

return {
  name = "remove_length", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    table.remove(setmetatable({}, { __len = function() return 1 << 62 end }), 1)
    return "x"
  end,
}
