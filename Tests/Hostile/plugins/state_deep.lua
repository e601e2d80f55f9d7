-- Counts its calls at the bottom of 100,000 tables.
-- exit: 3
-- says: keeps state between calls

local deep = { n = 0 }
for i = 1, 100000 do deep = { deep } end
local function bottom()
  local at = deep
  while at[1] do at = at[1] end
  return at
end

return {
  name = "state_deep", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local at = bottom()
    at.n = at.n + 1
    return at.n
  end,
}
