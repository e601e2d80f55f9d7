-- Two functions call one another without an end.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "mutual_tail", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local g
    local function f() return g() end
    g = function() return f() end
    return f()
  end,
}
