-- Loops through the arithmetic of strings.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "string_arithmetic", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = "10"
    while true do s = tostring(s + 1) end
  end,
}
