-- Sets a global by rawset. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "global_rawset_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    rawset(_ENV, "answer", 42)
    return "x"
  end,
}
