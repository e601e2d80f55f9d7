-- Asks for ten million code points at once.
-- exit: 3
-- says: string slice too long

return {
  name = "codepoint_all", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(select("#", utf8.codepoint(("x"):rep(10000000), 1, -1)))
  end,
}
