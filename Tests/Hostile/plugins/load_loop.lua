-- Loops for ever while it is loaded.
-- exit: 3
-- says: stopped at its time limit

while true do end

return {
  name = "load_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
