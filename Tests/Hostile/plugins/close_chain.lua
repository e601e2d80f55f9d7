-- Closes a variable that opens another, without an end.
-- exit: 3

return {
  name = "close_chain", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function guard()
      return setmetatable({}, { __close = function() local next <close> = guard() end })
    end
    local first <close> = guard()
  end,
}
