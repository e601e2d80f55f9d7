-- Compares strings of nothing but NUL.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "compare_nul", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local a, b = ("\0"):rep(20000000), ("\0"):rep(20000000) .. "x"
    while true do local _ = a < b end
  end,
}
