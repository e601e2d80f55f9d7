-- Makes functions without an end.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "closures", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local t = {}
    for i = 1, 1 << 40 do t[#t + 1] = function() return i end end
  end,
}
