-- A query of a million terms.
-- exit: 3
-- says: a query of 5000001 bytes

return {
  name = "has_long", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(has("x", ("a OR "):rep(1000000) .. "x"))
  end,
}
