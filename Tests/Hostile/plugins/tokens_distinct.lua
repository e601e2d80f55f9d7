-- Cuts a text into words that all differ.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 24

return {
  name = "tokens_distinct", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 200000 do t[i] = i end
    local text = table.concat(t, " ")
    for number, word in each_token(text) do end
    return tostring(#tokens(text))
  end,
}
