-- Asks for ten million bytes at once.
-- exit: 3
-- says: string slice too long

return {
  name = "byte_all", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(select("#", string.byte(("x"):rep(10000000), 1, -1)))
  end,
}
