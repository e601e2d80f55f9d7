-- Doubles a text forty times, in a function that lifts.
-- exit: 3

return {
  name = "lifted_growth", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local s = tostring(n)
    for i = 1, 40 do s = s:gsub(".", "aa") end
    return #s
  end,
}
