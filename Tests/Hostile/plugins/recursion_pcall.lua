-- Recurs through pcall.
-- exit: 0
-- prints: 1,

return {
  name = "recursion_pcall", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() return pcall(f) end
    return tostring(f())
  end,
}
