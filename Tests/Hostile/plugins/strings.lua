-- Doubles a string without an end.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "strings", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = "x"
    while true do s = s .. s end
  end,
}
