-- A pattern of many optional characters.
-- exit: 3

return {
  name = "pattern_optional", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring((("a"):rep(30):find(("a?"):rep(30) .. ("a"):rep(31))))
  end,
}
