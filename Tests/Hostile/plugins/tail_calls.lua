-- Recurs by tail calls, which take no stack.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "tail_calls", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() return f() end
    return f()
  end,
}
