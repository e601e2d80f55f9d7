-- The text of an error object is asked for by raising it again, for ever.
-- exit: 3
-- says: stack overflow

return {
  name = "error_tostring_error", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    error(setmetatable({}, { __tostring = function(object) error(object) end }))
  end,
}
