-- Strings that are chosen from two that are chosen from the same two, sixty times: as a tree there are 2^60.
-- exit: 0
-- prints: 1,

return {
  name = "lifted_choices", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local a, b = "x", "y"
    for i = 1, 60 do
      local more = n > i
      a, b = more and a or b, more and b or a
    end
    return a == "x" and 1 or 0
  end,
}
