-- Makes a weak table, whose contents would depend on when memory is collected.
-- exit: 3
-- says: a metatable has no __mode here

return {
  name = "weak_table", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(#setmetatable({}, { __mode = "k" }))
  end,
}
