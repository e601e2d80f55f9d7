-- Who speaks about the transfer of wartime command, how often, and on which side?
--
--   readout run analyses/opcon.lua --out reports
--
-- writes by_country.csv, by_month.csv, terms.csv and speakers.csv.

local opcon = open "datasets/opcon"
local on_transfer = opcon.statements:where "topic == 'OPCON'"

-- Stance is null for statements that show no side; the mean skips them, `decided` says how many are left.
local by_country = on_transfer
  :by      "country"
  :measure [[
    statements = count(),
    decided    = count(stance(text, 'OPCON transfer')),
    support    = mean(stance(text, 'OPCON transfer')),
    spread     = polarisation(stance(text, 'OPCON transfer')),
    tone       = mean(tone(text))
  ]]
  :sort "-statements, country"

local by_month = opcon.statements
  :where   "date >= '2025-01-01'"
  :by      "country, month = bucket(date, 'month')"
  :measure [[
    statements = count(),
    support    = mean(stance(text, 'OPCON transfer')),
    mentions   = sum(mentions(text, 'OPCON', 'wartime command', 'wartime operational control')),
    salience   = salience(mentions(text, 'OPCON', 'wartime command', 'wartime operational control'), words(text))
  ]]
  :sort "month, country"

-- A term may end in * for any ending.
local counted = {}
for _, term in ipairs {
  "wartime command", "handover", "transfer*", "delay*", "postpon*", "condition*", "nuclear", "missile*", "sovereign*",
  "deterr*", "exercise*", "troop*", "cost*",
} do
  local hits = opcon.statements:measure(([[
    mentions = sum(mentions(text, %q)),
    statements = count_if(mentions(text, %q) > 0)
  ]]):format(term, term))
  counted[#counted + 1] = { term = term, mentions = hits[1].mentions, statements = hits[1].statements }
end
local terms = dataset { terms = counted }.terms
  :select "term, mentions, statements"
  :sort   "-mentions, term"

local speakers = opcon.statements
  :by      "speaker, country"
  :measure "statements = count(), on_transfer = count_if(topic == 'OPCON'), first = min(date), last = max(date)"
  :sort    "-statements, speaker"
  :limit(15)

by_country:csv "by_country.csv"
by_month:csv "by_month.csv"
terms:csv "terms.csv"
speakers:csv "speakers.csv"

print(by_country)
print(by_month)
print(terms)
print(speakers)
