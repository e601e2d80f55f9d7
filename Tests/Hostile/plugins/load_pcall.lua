-- Loops for ever while it is loaded, and catches what stops it.
-- exit: 3
-- says: stopped at its time limit

while true do pcall(function() while true do end end) end

return {
  name = "load_pcall", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
