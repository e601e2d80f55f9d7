-- A phrase of five thousand wildcards.
-- exit: 3

return {
  name = "mentions_wild", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(mentions(("ab "):rep(10000), ("* "):rep(5000)))
  end,
}
