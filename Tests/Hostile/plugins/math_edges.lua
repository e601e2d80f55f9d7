-- Divides the smallest integer by -1.
-- exit: 0
-- prints: 5-92233720368547758080true

return {
  name = "math_edges", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local a = pcall(math.tointeger, "x")
    return tostring(math.fmod(5, math.mininteger)) .. tostring(math.mininteger // -1) .. tostring(math.mininteger % -1) .. tostring(math.ult(1, -1))
  end,
}
