-- Loops in the handlers of its own errors.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "xpcall_handler", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function again() while true do xpcall(again, again) end end
    xpcall(again, again)
  end,
}
