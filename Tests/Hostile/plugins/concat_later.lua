-- The same, with __concat written into a metatable that is set already, and what it gives kept.
-- exit: 3
-- says: attempt to concatenate a table value

return {
  name = "concat_later", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function deep(n)
      if n == 0 then return 0 end
      return 1 + deep(n - 1)
    end
    local meta = {}
    local joined = setmetatable({}, meta)
    meta.__concat = function(a, b) deep(20000) return "bc" end
    local function join(value) local s = "a" .. ("" .. value) return s .. s end
    local kept = {}
    for i = 1, 200 do
      deep(i)
      local s = join(joined)
      kept[#kept + 1] = s .. i .. ("x"):rep(100)
    end
    return join(joined)
  end,
}
