-- Makes bytecode through the metatable of strings.
-- exit: 3
-- says: unknown function: string.dump

return {
  name = "absent_dump_method", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (("x"):dump(1))
  end,
}
