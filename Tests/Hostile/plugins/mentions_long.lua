-- A term of ten million words.
-- exit: 3
-- says: terms of 20000000 bytes

return {
  name = "mentions_long", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(mentions("x", ("a "):rep(10000000)))
  end,
}
