-- No harm meant: an argument of string.find that is nil. The lifter ended the process over it.
-- exit: 0

local function contains(s, word, plain) return s:find(word, 1, plain) ~= nil end
return {
  name = "find_nil",
  params = { { "n", "number" } },
  returns = "boolean",
  each = function(n) return contains("rain " .. n, "rain") end,
}
