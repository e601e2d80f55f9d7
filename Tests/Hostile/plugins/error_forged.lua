-- Raises a table that looks like an error of the host.
-- exit: 3
-- says: (error object is a table value)

return {
  name = "error_forged", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error(setmetatable({ blame = 70, message = "a bug", ends_query = true }, { __index = { blame = 70 } }))
  end,
}
