-- Cuts a text into 1.5 million words: what the host makes is charged as well.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "tokens_memory", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(#tokens(("a "):rep(1500000)))
  end,
}
