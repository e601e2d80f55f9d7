-- Sets a new key through a weak metatable whose __newindex nothing else holds, while memory is nearly used up: the
-- collection that the assignment itself asks for frees the table that is assigned to (a bug of Lua up to 5.4.7).
-- exit: 0
-- prints: 15 before, 0 freed in the assignment

return {
  name = "newindex_weak", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    if n > 1 then return "" end
    local hog, piece = ("h"):rep(32000000), ("x"):rep(1000000)
    local function collect() return #(hog .. hog .. hog .. hog .. hog) end
    local before, after = 0, 0
    for fill = 1, 150, 10 do
      collect()
      local weak = {}
      local meta = setmetatable({}, weak)
      weak.__mode = "v"
      local t = setmetatable({}, meta)
      local function build()
        local keys = {}
        for i = 1, 1 << 15 do keys["k" .. i] = i end
        meta.__newindex = keys
      end
      build()
      for i = 1, fill do local junk = piece .. i end
      local function alive() return meta.__newindex ~= nil end
      if alive() then
        before = before + 1
        pcall(function() t.one_more = "y" end)
        if not alive() then after = after + 1 end
      end
    end
    return before .. " before, " .. after .. " freed in the assignment"
  end,
}
