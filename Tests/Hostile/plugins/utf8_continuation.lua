-- Walks bytes that only continue code points.
-- exit: 0
-- prints: 1,

return {
  name = "utf8_continuation", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = ("\x80"):rep(1000)
    local ok = pcall(function() for _ in utf8.codes(s) do end end)
    return tostring(utf8.len(s))
  end,
}
