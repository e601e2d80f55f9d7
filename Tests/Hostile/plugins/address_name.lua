-- Gives a type a name of 100,000 characters.
-- exit: 3
-- says: attempt to concatenate

return {
  name = "address_name", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return {} .. setmetatable({}, { __name = ("x"):rep(100000) })
  end,
}
