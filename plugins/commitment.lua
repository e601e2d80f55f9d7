-- commitment(text): the act by which a text binds somebody.
--
-- "promise" and "offer" bind the speaker, "demand" and "threat" the hearer. Each cue of
-- plugins/lexicon/commitment.lua counts one for its act, unless a negator stands up to two words before it ("does not
-- demand"); the act with the most cues wins, and where two draw the graver does: threat, demand, offer, promise. Null
-- for a text without cues.
--
-- Count the acts with count_if:   threats = count_if(commitment(text) == 'threat')

local words = require "lexicon.words"
local lexicon = require "lexicon.commitment"

local gmatch, plain, word_pattern, negators = string.gmatch, words.plain, words.pattern, words.negators
local cues, phrases = lexicon.words, lexicon.phrases

return {
  name = "commitment",
  summary = "The act a text performs: 'promise', 'offer', 'demand' or 'threat'; null when none.",
  params = { { "text", "text" } },
  returns = "string",
  each = function(text)
    local promises, offers, demands, threats = 0, 0, 0, 0
    local before, previous = "", ""
    for word in gmatch(plain(text), word_pattern) do
      local firsts = phrases[word]
      local act = firsts and firsts[previous]
      if not act and cues[word] and not negators[previous] and not negators[before] then
        act = cues[word]
      end
      if act == "promise" then promises = promises + 1
      elseif act == "offer" then offers = offers + 1
      elseif act == "demand" then demands = demands + 1
      elseif act == "threat" then threats = threats + 1
      end
      before, previous = previous, word
    end
    local most = math.max(promises, offers, demands, threats)
    if most == 0 then return nil end
    if threats == most then return "threat" end
    if demands == most then return "demand" end
    if offers == most then return "offer" end
    return "promise"
  end,
  examples = {
    { args = { "We pledge to defend the alliance." }, gives = "promise" },
    { args = { "Our troops will stay." }, gives = "promise" },
    { args = { "The government is ready to talk at any time" }, gives = "offer" },
    { args = { "Pyongyang must give up its weapons" }, gives = "demand" },
    { args = { "Washington does not demand more money" }, gives = nil },
    { args = { "Any attack will meet merciless retaliation" }, gives = "threat" },
    { args = { "They must stop or pay dearly" }, gives = "threat" },
    { args = { "The meeting took two hours" }, gives = nil },
    { args = { "" }, gives = nil },
  },
}
