-- Gives itself globals of its own while it is loaded.
-- exit: 0
-- prints: 42xx

local _ENV = setmetatable({}, { __index = _ENV })
answer = 42

return {
  name = "global_env", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(answer) .. tostring(string.rep("x", 2))
  end,
}
