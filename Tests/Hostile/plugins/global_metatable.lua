-- Opens the globals through their metatable.
-- exit: 3
-- says: attempt to index a boolean value

return {
  name = "global_metatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    getmetatable(_ENV).__newindex = nil
    return "x"
  end,
}
