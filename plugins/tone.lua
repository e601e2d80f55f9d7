-- tone(text): how warm or cold a text sounds.
--
--   tone = sum of w / (sum of |w| + 2)      over the toned words of the text
--
-- Every word of plugins/lexicon/tone.lua has a weight w from -3 to 3; a negator (not, never, without, …) up to three
-- words before it turns w into -w / 2, since "not good" is cold, but less so than "bad" is. The balance of the
-- weights over their mass lies between -1 and 1; the 2 draws texts with a single toned word towards 0 (one mild word
-- gives 0.33, one plain 0.5, one strong 0.6). 0 for a text whose words have no tone or balance out; null for a text
-- without words.
--
-- Words are matched whole, in any case; the lexicon is English. Irony, and who is being praised, are beyond it: for
-- the side a text takes on a question use stance.

local words = require "lexicon.words"
local weights = require "lexicon.tone"

local gmatch, plain, word_pattern, negators = string.gmatch, words.plain, words.pattern, words.negators

return {
  name = "tone",
  summary = "Warmth of the wording, from -1 (hostile) to 1 (warm).",
  params = { { "text", "text" } },
  returns = "number",
  each = function(text)
    local balance, mass = 0.0, 0.0
    local negated = -1 -- how many more words a negator still reaches; -1 before the first word
    for word in gmatch(plain(text), word_pattern) do
      local weight = weights[word]
      if weight then
        if negated > 0 then weight = weight / -2 end
        balance = balance + weight
        mass = mass + (weight < 0 and -weight or weight)
      end
      if negators[word] then
        negated = 3
      elseif negated > 0 then
        negated = negated - 1
      elseif negated < 0 then
        negated = 0
      end
    end
    if negated < 0 then return nil end
    return balance / (mass + 2)
  end,
  examples = {
    { args = { "We welcome peace." }, gives = 4 / 6 },
    { args = { "A vile betrayal" }, gives = -6 / 8 },
    { args = { "This is not good" }, gives = -1 / 3 },
    { args = { "The two armies met on Tuesday" }, gives = 0.0 },
    { args = { "Peace or threat" }, gives = 0.0 },
    { args = { "NEVER a THREAT" }, gives = 1 / 3 },
    { args = { "평화" }, gives = 0.0 },
    { args = { "" }, gives = nil },
    { args = { "?!" }, gives = nil },
  },
}
