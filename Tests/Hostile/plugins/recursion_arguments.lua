-- Recurs with more and more arguments.
-- exit: 3

return {
  name = "recursion_arguments", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f(...) return f(1, ...) + 1 end
    return f()
  end,
}
