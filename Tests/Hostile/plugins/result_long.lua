-- Gives strings that fill the memory for results.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 64

return {
  name = "result_long", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return ("x"):rep(60000000)
  end,
}
