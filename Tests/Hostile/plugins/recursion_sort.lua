-- Recurs through sort.
-- exit: 3
-- says: C stack overflow

return {
  name = "recursion_sort", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function f() table.sort({ 2, 1 }, f) end
    f()
  end,
}
