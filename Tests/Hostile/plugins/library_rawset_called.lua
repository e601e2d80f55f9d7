-- Changes a library function by rawset. Only when it is called.
-- exit: 3
-- says: keeps state between calls

return {
  name = "library_rawset_called", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    rawset(math, "floor", error)
    return "x"
  end,
}
