-- salience(mentions, words): how much room a group gives to a subject.
--
--   salience = 1000 * (sum of mentions) / (sum of words)
--
-- Mentions per thousand words, the usual measure of attention in the study of speeches and manifestos. It is a ratio
-- of sums, not a mean of ratios: a long speech weighs as much as its words, and a short one that names the subject
-- once does not run away with the group. Use it with the functions that count:
--
--   salience(mentions(text, 'OPCON', 'wartime command'), words(text))
--
-- Null for a group without words.

return {
  name = "salience",
  summary = "Mentions per thousand words of a group.",
  params = { { "mentions", "integer" }, { "words", "integer" } },
  returns = "number",
  init = function() return { mentions = 0, words = 0 } end,
  update = function(state, mentions, words)
    state.mentions = state.mentions + mentions
    state.words = state.words + words
  end,
  merge = function(state, other)
    state.mentions = state.mentions + other.mentions
    state.words = state.words + other.words
  end,
  finalize = function(state)
    if state.words == 0 then return nil end
    return 1000 * state.mentions / state.words
  end,
  examples = {
    { rows = { { 1, 20 }, { 0, 30 } }, gives = 20.0 },
    { rows = { { 3, 1000 } }, gives = 3.0 },
    { rows = { { 0, 12 }, { 0, 8 } }, gives = 0.0 },
    { rows = { { 1, 20 }, { nil, 500 }, { 0, 30 } }, gives = 20.0 },
    { rows = { { 0, 0 } }, gives = nil },
    { rows = {}, gives = nil },
  },
}
