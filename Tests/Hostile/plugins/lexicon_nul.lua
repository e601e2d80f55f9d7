-- Reads a file as a lexicon, its ending cut off by a NUL.
-- exit: 3
-- says: unknown lexicon

return {
  name = "lexicon_nul", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(lexicon("x", "lexicon_nul.lua\0"))
  end,
}
