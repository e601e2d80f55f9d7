-- The text of an error object is 70 MB of escapes for a terminal.
-- exit: 3
-- says: x\x1B[31m

return {
  name = "error_tostring_huge", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    error(setmetatable({}, { __tostring = function() return ("x\27[31m\n"):rep(10000000) end }))
  end,
}
