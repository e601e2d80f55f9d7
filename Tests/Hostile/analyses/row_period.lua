-- Is as it was after every second row.
-- exit: 1
-- says: keeps state between calls

local held = { { n = 0 } }
local function get() return held[1] end
print(#open("data").t:limit(2):where(function(row)
  local state = get()
  state.n = 1 - state.n
  return state.n == 1
end))
