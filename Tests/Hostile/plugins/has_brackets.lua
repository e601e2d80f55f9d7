-- A query of ten thousand brackets.
-- exit: 3
-- says: nested more than 200 levels deep

return {
  name = "has_brackets", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(has("x", ("("):rep(10000)))
  end,
}
