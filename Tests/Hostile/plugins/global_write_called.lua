-- Sets a global. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "global_write_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    answer = 42
    return "x"
  end,
}
