-- Cuts bytes that are no UTF-8 into words.
-- exit: 0
-- prints: 1,

return {
  name = "text_bytes", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(words(("\xff\xfe\xf0\x9f"):rep(1000))) .. tostring(#tokens("\xed\xa0\x80")) .. tostring(#sentences("\xc3"))
  end,
}
