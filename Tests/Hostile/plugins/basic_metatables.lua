-- Looks for metatables of numbers, nil, booleans and functions.
-- exit: 3
-- says: unknown global: print

return {
  name = "basic_metatables", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(getmetatable(1)) .. tostring(getmetatable(nil)) .. tostring(getmetatable(true)) .. tostring(getmetatable(print == nil)) 
  end,
}
