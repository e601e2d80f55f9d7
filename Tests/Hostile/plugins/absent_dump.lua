-- Makes bytecode.
-- exit: 3
-- says: unknown function: string.dump

return {
  name = "absent_dump", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.dump(function() end)
  end,
}
