-- Changes a library function by rawset.
-- exit: 3
-- says: a library cannot be changed: floor

rawset(math, "floor", error)

return {
  name = "library_rawset", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
