-- Cuts a text into ten million sentences, which takes seconds in which nothing could stop it.
-- exit: 3
-- says: sentences of a text of more than 16777216 bytes

return {
  name = "sentences_memory", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(#sentences(("A b. "):rep(10000000)))
  end,
}
