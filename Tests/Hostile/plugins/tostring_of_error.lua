-- Raises an error whose text takes for ever.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "tostring_of_error", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error(setmetatable({}, { __tostring = function() while true do end end }))
  end,
}
