-- Recurs without an end.
-- exit: 3

return {
  name = "recursion", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() return 1 + f() end
    return f()
  end,
}
