-- Changes a library function.
-- exit: 3
-- says: a library cannot be changed: rep

string.rep = function() return "evil" end

return {
  name = "library_write", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
