-- Looks for a regular expression that backtracks without an end: what is not known does not count as no mention.
-- exit: 3
-- says: too many steps for one word of a text: /(a+)+b|a+c/

return {
  name = "mentions_steps", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return mentions(("a"):rep(40 + n % 2) .. "c", "/(a+)+b|a+c/") end,
}
