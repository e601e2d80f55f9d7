-- Changes a library function. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "library_write_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    string.rep = function() return "evil" end
    return "x"
  end,
}
