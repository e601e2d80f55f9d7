-- Loops for ever while it is being stopped, in a variable that is closed.
-- exit: 3
-- says: a metatable has no __close here

return {
  name = "close_loop", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local guard <close> = setmetatable({}, { __close = function() while true do end end })
    while true do end
  end,
}
