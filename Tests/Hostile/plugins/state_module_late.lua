-- Counts its calls in a module that is loaded in the second one.
-- exit: 3
-- says: what module state_module_late leads to has changed

if ... then return { n = 0 } end

return {
  name = "state_module_late", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    if n == 1 then return 0 end
    local module = require "state_module_late"
    local same = module
    same.n = same.n + 1
    return same.n
  end,
}
