-- Sets new keys through chains of __newindex while memory is nearly used up, so that collections run within the assignment.
-- exit: 0
-- memory: 24

return {
  name = "newindex_pressure", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    if n > 1 then return n end
    local hog = {}
    for i = 1, 5000 do hog[i] = ("%d"):format(i):rep(200) end
    for i = 1, 300 do
      local t = setmetatable({}, { __newindex = setmetatable({}, { __newindex = {} }) })
      t[i] = ("y"):rep(2000)
      t["k" .. i] = { i }
    end
    return #hog
  end,
}
