-- Catches at every depth of a recursion without an end.
-- exit: 3

return {
  name = "pcall_nest", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() pcall(f) return f() end
    f()
  end,
}
