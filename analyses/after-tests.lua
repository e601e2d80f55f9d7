-- Do states speak more of nuclear weapons and of Korea in the UN General Debate after North Korea has tested a bomb?
-- The debate before and the debate after each of the six tests, by country.
--
--   readout run analyses/after-tests.lua SENTENCES.csv [--out reports]
--
-- SENTENCES.csv has the sentences of the debates (country, year, text), such as those of the UN General Debate Corpus
-- (Baturo, Dasandi and Mikhaylov 2017); it writes after_tests.csv. Another folder is read with --allow-read.

local path = arg[1] or error "give the file of sentences: readout run analyses/after-tests.lua SENTENCES.csv"
local file = path:match "[^/]+$"
local sentences = open(path)[file:match "^[^.]+"]

-- The debate opens in the last third of September; only its year is known.
local said = sentences:derive "date = date(string(year) .. '-09-25')"

local tests = open("datasets/opcon").events
  :where  "type == 'nuclear test'"
  :derive "country = split('CHN,JPN,KOR,PRK,RUS,USA', ',')"
  :unnest "country"
  :select "date, name, country"

-- 365 days hold one debate, so that every period is one.
local by_country = said:study(tests, {
  on = "country", before = 365, after = 365, every = 365, by = "country",
  measure = [[
    nuclear = per_thousand(mentions(text, 'nuclear', 'missile*'), words(text)),
    korea   = per_thousand(mentions(text, 'Korea*', 'DPRK'), words(text))
  ]],
})

by_country:csv "after_tests.csv"
print(by_country:select "country, measure, before, after, difference, low, high, p")
print(by_country:select "country, measure, events, n_before, n_after, placebos, warning")
