-- A comparison as key of a table outside of the function (a bug of Lua up to 5.4.7: another table is looked into).
-- exit: 3
-- says: Lua before 5.4.8 looks into the wrong table

local names = { [true] = "yes", [false] = "no" }
return {
  name = "index_comparison", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function of(a, b)
      do local stale = { [true] = "stale", [false] = "stale" } end
      return names[a < b]
    end
    local own = { [true] = "", [false] = "" }
    local function put(a, b) own[a < b] = "set" end
    put(1, 2)
    return of(1, 2) .. " " .. of(2, 1) .. " " .. of(3, 4) .. " " .. own[true]
  end,
}
