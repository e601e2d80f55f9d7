-- Formats the same long string many times.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "format_string", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local s = ("x"):rep(10000000)
    return string.format(("%s"):rep(1000), table.unpack({ s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s }))
  end,
}
