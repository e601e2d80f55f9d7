-- A __concat that makes the stack move (a bug of Debian's patch for CVE-2022-33099: Lua goes on in the old stack).
-- exit: 3
-- says: a metatable has no __concat here

return {
  name = "concat_stack", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local function deep(n)
      if n == 0 then return 0 end
      return 1 + deep(n - 1)
    end
    local joined = setmetatable({}, { __concat = function(a, b) deep(20000) return "bc" end })
    return "a" .. "b" .. joined
  end,
}
