-- Loops for ever in a function of gsub.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "gsub_callback", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (("x"):rep(1000):gsub(".", function() while true do end end))
  end,
}
