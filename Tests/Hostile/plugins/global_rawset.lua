-- Sets a global by rawset.
-- exit: 3
-- says: a library cannot be changed: answer

rawset(_ENV, "answer", 42)

return {
  name = "global_rawset", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
