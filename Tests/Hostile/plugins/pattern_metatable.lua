-- The same function, taken from the metatable of strings.
-- exit: 3
-- says: pattern takes too many steps

return {
  name = "pattern_metatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local find = ("").find
    return tostring((find(("a"):rep(600), ".-.-.-b")))
  end,
}
