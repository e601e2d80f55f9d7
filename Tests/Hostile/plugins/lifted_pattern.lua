-- A pattern of thirty thousand bytes, looked for at each of two million.
-- exit: 3
-- says: time limit

return {
  name = "lifted_pattern", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local text = ("a"):rep(2000000)
    return (text:find("aaaa" .. ("a"):rep(30000) .. "%d")) or 0
  end,
}
