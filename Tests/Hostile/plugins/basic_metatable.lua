-- Changes the metatable of strings (CVE-2025-46818).
-- exit: 3
-- says: attempt to index a boolean value

return {
  name = "basic_metatable", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local m = getmetatable("")
    m.__index = function() return "evil" end
    return "x"
  end,
}
