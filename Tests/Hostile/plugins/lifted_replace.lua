-- Puts much in the place of every byte of a text, in a function that lifts.
-- exit: 3

return {
  name = "lifted_replace", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local s = tostring(n):rep(4000000):gsub(".", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")
    return #s
  end,
}
