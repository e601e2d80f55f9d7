-- An error object whose every metamethod means harm: the host looks for its own errors' fields in it, and asks for its text.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "error_object", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    error(setmetatable({}, {
      __index = function() while true do end end,
      __tostring = function() while true do end end,
      __name = ("\27[2J"):rep(100000),
    }))
  end,
}
