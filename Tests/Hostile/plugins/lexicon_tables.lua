-- Prepares one large lexicon after the other: that is done in Swift, where nothing stops it, so each must be short.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "lexicon_tables", summary = "Hostile.", params = { { "n", "integer" } }, returns = "number",
  each = function(n)
    for round = 1, 1000000000 do
      local weights = {}
      for i = 1, 8000 do weights["w" .. i .. "x" .. round] = i end
      lexicon("w1", weights)
    end
  end,
}
