-- stance(text, target): the side a text takes on a target.
--
-- From 1 (for it) over 0 (only later, or only on conditions) to -1 (against it); null for a text that does not speak
-- of the target or takes no side. `stance_cues` gives the reasons, plugins/stance.md how often a human coder agrees.
-- The rules:
--
-- 1. Scope. Only sentences about the target count. For a target that lexicon/stance.lua knows, they hold its words;
--    for any other, at least half of the words of its name, of which the first six letters are enough. A sentence
--    that begins with "it", "this", … goes on about what the one before was about.
-- 2. Cues. A word or phrase is a cue of one kind: advance, ready, praise, condition, delay, against, blame, open; a
--    year after "by", "in", … is a date set.
-- 3. Negation. A negator up to three words before, in the same clause, turns a cue: advance, praise and date count
--    against; against and blame as half an advance; delay as an advance; ready as a condition; a condition as
--    nothing.
-- 4. Weight. A cue counts 1; half up to three words after a hedge; half before "but" and in a clause with "although".
-- 5. Votes, sentence by sentence. Advance, ready, praise and date vote for, against and blame against. But a delay
--    that is blamed is a vote for the target, with all its blame; and where there is a delay or condition without
--    blame, that is what the praise and the dates are about: they count nothing, delay and condition are neutral
--    votes.
-- 6. Score. Votes for minus votes against, over all votes; neutral ones count double against a majority for. A text
--    without votes, or with open and neutral ones only, takes no side.

local words = require "lexicon.words"
local lexicon = require "lexicon.stance"

local byte, find, gmatch, lower, sub = string.byte, string.find, string.gmatch, string.lower, string.sub
local plain, word_pattern, word_and_end, negators = words.plain, words.pattern, words.pattern_and_end, words.negators
local targets, stop = lexicon.targets, lexicon.stop
local cues, phrases = lexicon.cues, lexicon.phrases
local hedges, concessions, contrasts = lexicon.hedges, lexicon.concessions, lexicon.contrasts
local before_year, carries_on = lexicon.before_year, lexicon.carries_on

-- The first six bytes of a word, without a plural s: enough to tell "withdrawal" by "withdraw".
local function stem(word)
  if #word > 6 then return sub(word, 1, 6) end
  if #word > 3 and byte(word, -1) == 115 then return sub(word, 1, -2) end
  return word
end

local function holds_one(text, strings)
  for i = 1, #strings do
    if find(text, strings[i], 1, true) then return true end
  end
  return false
end

-- Whether a text has the letters of one of a target's words, wherever they stand: without, no word of it is the target's.
local function may_hold(text, name)
  for word in gmatch(plain(name), word_pattern) do
    if not stop[word] and find(text, stem(word), 1, true) then return true end
  end
  return false
end

-- The words of a target that the lexicon does not know, and how many of them show that a sentence is about it: half.
local function target_of(name)
  local weights, count = {}, 0
  for word in gmatch(plain(name), word_pattern) do
    if not stop[word] and not weights[stem(word)] then
      weights[stem(word)] = 1
      count = count + 1
    end
  end
  return weights, count > 1 and (count + 1) // 2 or 1
end

-- What a cue of each kind means after a negator; a condition means nothing there.
local negated_kind = {
  advance = "against", praise = "against", date = "against", against = "advance", blame = "advance",
  ready = "condition", delay = "advance", open = "open",
}

-- The votes of a sentence, the words (and commas) list[first .. last]: for, against, neutral, open.
local function votes(list, first, last, trace)
  local advance, granted, condition, delay, against, blame, open = 0, 0, 0, 0, 0, 0, 0
  local contrast = first -- where the last contrast stands: what comes before it counts half
  for i = first + 1, last do
    if contrasts[list[i]] then contrast = i end
  end
  local clause, negated, hedged = 1, 0, 0
  for i = first, last do
    local word, before = list[i], list[i - 1]
    local firsts, kind = phrases[word], nil
    local in_phrase = firsts and i > first and firsts[before]
    if in_phrase then
      kind = in_phrase
    else
      local nexts = i < last and phrases[list[i + 1]]
      if not (nexts and nexts[word]) then kind = cues[word] end
      if not kind and before_year[before] and i > first and find(word, "^[12]%d%d%d$") then kind = "date" end
    end
    if kind then
      local weight = i < contrast and clause / 2 or clause
      if hedged > 0 then weight = weight / 2 end
      local meant = kind
      if negated > 0 and not (in_phrase and negators[before]) then
        meant = negated_kind[kind]
        if kind == "against" or kind == "blame" then weight = weight / 2 end
      end
      if meant == "advance" or meant == "ready" then advance = advance + weight
      elseif meant == "praise" or meant == "date" then granted = granted + weight
      elseif meant == "condition" then condition = condition + weight
      elseif meant == "delay" then delay = delay + weight
      elseif meant == "against" then against = against + weight
      elseif meant == "blame" then blame = blame + weight
      elseif meant == "open" then open = open + weight
      end
      if trace and meant and meant ~= "aside" then
        local cue = in_phrase and before .. " " .. word or word
        trace[#trace + 1] = meant .. ": " .. (meant == kind and cue or "not " .. cue)
      end
    end
    if word == "," then
      clause, negated = 1, 0
    else
      if concessions[word] then clause = 0.5 end
      if negators[word] then negated = 3 elseif negated > 0 then negated = negated - 1 end
      if hedges[word] then hedged = 3 elseif hedged > 0 then hedged = hedged - 1 end
    end
  end
  if delay > 0 and against + blame > 0 then
    return advance + delay + against + blame, 0, condition, open
  elseif delay + condition > 0 then
    return advance, against + blame, delay + condition, open
  end
  return advance + granted, against + blame, 0, open
end

-- The score of a text, or nil; the cues go to `trace` where given.
local function read(text, name, trace)
  text = plain(text)

  -- Most texts do not speak of the target at all, and leave here.
  local known = targets[lower(name)]
  if known then
    if not holds_one(text, known.anchors) then return nil end
  elseif not may_hold(text, name) then
    return nil
  end
  local target, need
  if known then target, need = known.weights, 2 else target, need = target_of(name) end
  local about, seen = 0, nil
  for word in gmatch(text, word_pattern) do
    local weight = target[known and word or stem(word)]
    if weight and word ~= seen then
      about, seen = about + weight, word
      if about >= need then break end
    end
  end
  if about < need then return nil end

  local pro, con, neutral, open = 0.0, 0.0, 0.0, 0.0
  local list, count, first, carried = {}, 0, 1, false
  about, seen = 0, nil
  for word, after in gmatch(text, word_and_end) do
    count = count + 1
    list[count] = word
    local weight = target[known and word or stem(word)]
    if weight and word ~= seen then about, seen = about + weight, word end
    local mark = byte(text, after)
    if mark == 46 or mark == 33 or mark == 63 then -- . ! ? end a sentence, but not in "3.5" or "U.S."
      if #word > 1 and not find(text, "^%w", after + 1) then
        carried = about >= need or carried and carries_on[list[first]]
        if carried then
          local p, c, n, o = votes(list, first, count, trace)
          pro, con, neutral, open = pro + p, con + c, neutral + n, open + o
        end
        first, about, seen = count + 1, 0, nil
      end
    elseif mark == 44 or mark == 58 or mark == 59 then -- , : ;
      count = count + 1
      list[count] = ","
    end
  end
  if first <= count and (about >= need or carried and carries_on[list[first]]) then
    local p, c, n, o = votes(list, first, count, trace)
    pro, con, neutral, open = pro + p, con + c, neutral + n, open + o
  end
  if pro + con == 0 and (neutral == 0 or open > 0) then return nil end
  if pro > con then neutral = 2 * neutral end
  return (pro - con) / (pro + con + neutral)
end

local stance = {
  name = "stance",
  summary = "Side a text takes on a target, from -1 (against) over 0 (only on conditions) to 1 (for).",
  params = { { "text", "text" }, { "target", "string" } },
  returns = "number",
  each = function(text, target) return read(text, target) end,
  examples = {
    { args = { "We welcome the OPCON transfer.", "OPCON transfer" }, gives = 1.0 },
    { args = { "Seoul rejects the handover and wants it scrapped.", "OPCON transfer" }, gives = -1 / 3 },
    { args = { "The handover should take place only when the conditions are met.", "OPCON transfer" }, gives = 0.0 },
    { args = { "The delay of the handover is a betrayal.", "OPCON transfer" }, gives = 1.0 },
    { args = { "The handover must not be postponed.", "OPCON transfer" }, gives = 1.0 },
    { args = { "The party does not support the handover.", "OPCON transfer" }, gives = -1.0 },
    { args = { "The handover is right, but it is dangerous.", "OPCON transfer" }, gives = -1 / 3 },
    { args = { "The timing of the handover is still undecided.", "OPCON transfer" }, gives = nil },
    { args = { "We met about the handover. That is the right course.", "OPCON transfer" }, gives = 1.0 },
    { args = { "We met about the handover. The weather was good.", "OPCON transfer" }, gives = nil },
    { args = { "The premier opposes withdrawing troops.", "troop withdrawal" }, gives = -1.0 },
    { args = { "We welcome the rain.", "OPCON transfer" }, gives = nil },
    { args = { "", "OPCON transfer" }, gives = nil },
    { args = { "We welcome the OPCON transfer.", "" }, gives = nil },
    { args = { "전시작전통제권 전환", "OPCON transfer" }, gives = nil },
    { args = { nil, "OPCON transfer" }, gives = nil },
  },
}

local stance_cues = {
  name = "stance_cues",
  summary = "The cues that stance found in a text, each with what it was taken for.",
  params = { { "text", "text" }, { "target", "string" } },
  returns = "string",
  each = function(text, target)
    local trace = {}
    read(text, target, trace)
    return #trace > 0 and table.concat(trace, "; ") or nil
  end,
  examples = {
    { args = { "We welcome the OPCON transfer.", "OPCON transfer" }, gives = "praise: welcome" },
    { args = { "The handover must not be postponed.", "OPCON transfer" }, gives = "advance: not postponed" },
    { args = { "The two ministers met on the handover.", "OPCON transfer" }, gives = nil },
    { args = { "", "OPCON transfer" }, gives = nil },
  },
}

return { stance, stance_cues }
