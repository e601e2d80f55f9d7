-- Counts its calls in a module that is loaded in the first one.
-- exit: 3
-- says: what module state_module leads to has changed

if ... then return { n = 0 } end

return {
  name = "state_module", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local module = require "state_module"
    local same = module
    same.n = same.n + 1
    return same.n
  end,
}
