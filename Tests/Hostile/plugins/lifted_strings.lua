-- Lifted: makes more strings in a loop over words than a program may, so that the VM has to count.
-- exit: 0
-- prints: 1,a b,8000

return {
  name = "lifted_strings", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local s = ("word "):rep(8000) .. n
    local count = 0
    for w in string.gmatch(s, "%a+") do
      if s .. "a" < s .. "b" then count = count + 1 end
    end
    return count
  end,
}
