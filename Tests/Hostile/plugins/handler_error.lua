-- Raises errors in the handler of errors.
-- exit: 3
-- says: x

return {
  name = "handler_error", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function h(m) error(m) end
    while true do xpcall(error, h, "x") end
  end,
}
