-- Recurs through a function of C.
-- exit: 3
-- says: C stack overflow

return {
  name = "recursion_c", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() return (("x"):gsub(".", f)) end
    return f()
  end,
}
