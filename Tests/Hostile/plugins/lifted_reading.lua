-- Lifted: looks through the whole text for each of its words.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "lifted_reading", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local s = ("word "):rep(100000)
    local count = 0
    for w in string.gmatch(s, "%a+") do count = count + words(s) end
    return count
  end,
}
