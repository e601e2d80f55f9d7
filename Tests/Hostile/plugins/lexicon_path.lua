-- Reads a lexicon by a path.
-- exit: 3
-- says: unknown lexicon

return {
  name = "lexicon_path", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(lexicon("x", "../../../etc/passwd"))
  end,
}
