-- Changes an error of the host, so that it would pass for a bug.
-- exit: 3
-- says: unknown lexicon: no such lexicon

return {
  name = "error_host", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local _, e = pcall(lexicon, "a", "no such lexicon")
    pcall(function() e.blame = 70 end)
    pcall(rawset, e, "blame", 70)
    pcall(setmetatable, e, nil)
    error(e)
  end,
}
