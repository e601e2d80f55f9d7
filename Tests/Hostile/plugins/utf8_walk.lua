-- Counts code points over and over.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "utf8_walk", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = ("\u{7FFFFFFF}"):rep(1000000)
    while true do utf8.len(s, 1, -1, true) utf8.offset(s, 1000000) end
  end,
}
