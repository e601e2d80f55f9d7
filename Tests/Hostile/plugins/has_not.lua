-- A query of three thousand negations.
-- exit: 3
-- says: nested more than 200 levels deep

return {
  name = "has_not", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(has("x", ("NOT "):rep(3000) .. "x"))
  end,
}
