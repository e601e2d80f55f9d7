-- An example whose argument stands at the smallest place there is.
-- exit: 3
-- says: an argument under a name, where its place counts

return {
  name = "example_key",
  params = { { "x", "number" } },
  returns = "number",
  each = function(x) return x end,
  examples = { { args = { [math.mininteger] = 1 }, gives = 1 } },
}
