-- Is an iterator.
-- exit: 3
-- says: it is an iterator


return {
  name = "state_bare_iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = string.gmatch(string.rep("a", 100), "()a"),
}
