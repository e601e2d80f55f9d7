-- Catches whatever stops it, and goes on.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "pcall_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    while true do pcall(function() while true do end end) end
  end,
}
