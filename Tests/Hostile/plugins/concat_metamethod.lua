-- Joins 2^62 elements that a function of C gives.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "concat_metamethod", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = setmetatable({}, { __index = getmetatable, __metatable = "" })
    return table.concat(t, "", 1, 1 << 62)
  end,
}
