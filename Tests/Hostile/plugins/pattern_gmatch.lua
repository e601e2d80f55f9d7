-- The same through gmatch.
-- exit: 3
-- says: pattern takes too many steps

return {
  name = "pattern_gmatch", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    for _ in ("a"):rep(600):gmatch(".-.-.-b") do end
  end,
}
