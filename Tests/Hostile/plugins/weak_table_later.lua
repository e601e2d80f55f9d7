-- Changes the metatables of weak tables while memory is collected (a bug of Lua up to 5.4.8).
-- exit: 0
-- prints: 1,

return {
  name = "weak_table_later", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local kept = {}
    for i = 1, 2000 do
      local m = {}
      local t = setmetatable({ [{}] = {}, [1] = {} }, m)
      m.__mode = "kv"
      for j = 1, 20 do t[{}] = { j } end
      kept[i % 50 + 1] = t
      setmetatable(t, {})
      for k = 1, 10 do t[{}] = ("x"):rep(k) .. i end
    end
    return "x"
  end,
}
