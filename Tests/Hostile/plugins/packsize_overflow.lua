-- Packs more than fits 31 bits.
-- exit: 0
-- prints: false

return {
  name = "packsize_overflow", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(pcall(string.packsize, ("c2147483647"):rep(10)))
  end,
}
