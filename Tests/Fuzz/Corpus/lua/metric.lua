-- hedging(text): how much of a text is hedged.
--
-- The number of hedging words (may, perhaps, reportedly, …; a phrase such as "in principle" counts as two) over the
-- number of words. The month of May and military might are told apart by the words beside them. Null for a text
-- without words. The list, with what was left out and why, is plugins/lexicon/hedging.lua. "would" is on it: it is a
-- common hedge of diplomatic English, at the price of some plain futures in reported speech.

local words = require "lexicon.words"
local lexicon = require "lexicon.hedging"

local find, gmatch, plain, word_pattern = string.find, string.gmatch, words.plain, words.pattern
local hedges, phrases = lexicon.words, lexicon.phrases
local before_month, before_noun = lexicon.before_month, lexicon.before_noun

return {
  name = "hedging",
  summary = "Share of words that hedge (may, might, could, …), from 0 to 1.",
  params = { { "text", "text" } },
  returns = "number",
  each = function(text)
    local count, hedged, previous = 0, 0, ""
    for word in gmatch(plain(text), word_pattern) do
      count = count + 1
      if hedges[word] then
        if word == "may" and before_month[previous] or word == "might" and before_noun[previous] then
          word = "" -- the month, the noun
        else
          hedged = hedged + 1
        end
      elseif previous == "may" and find(word, "^%d") then
        hedged = hedged - 1 -- "May 2026": the month after all
      else
        local first = phrases[word]
        if first and first[previous] then hedged = hedged + 2 end
      end
      previous = word
    end
    if count == 0 then return nil end
    return hedged / count
  end,
  examples = {
    { args = { "It may rain" }, gives = 1 / 3 },
    { args = { "Seoul will take command in 2028." }, gives = 0.0 },
    { args = { "Perhaps, in principle" }, gives = 1.0 },
    { args = { "Talks were held in May, and May 4 may do." }, gives = 1 / 10 },
    { args = { "Military might is not what might be" }, gives = 1 / 7 },
    { args = { "" }, gives = nil },
    { args = { "…" }, gives = nil },
    { args = { "조건이 되면" }, gives = 0.0 },
    { args = { nil }, gives = nil },
  },
}
