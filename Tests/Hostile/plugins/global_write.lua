-- Sets a global.
-- exit: 3
-- says: global answer cannot be set: write local answer

answer = 42

return {
  name = "global_write", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return "x"
  end,
}
