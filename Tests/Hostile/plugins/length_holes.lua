-- Asks for the length of a table full of holes.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "length_holes", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 100000 do t[i * 2] = i end
    while true do local _ = #t end
  end,
}
