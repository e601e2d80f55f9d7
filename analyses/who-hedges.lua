-- Who hedges, and who binds whom: promises, offers, demands and threats by country, medium and decade.
--
--   readout run analyses/who-hedges.lua --out reports
--
-- writes hedging_by_country.csv, hedging_by_medium.csv and hedging_by_decade.csv.

local acts = [[
  statements = count(),
  hedging    = mean(hedging(text)),
  promises   = count_if(commitment(text) == 'promise'),
  offers     = count_if(commitment(text) == 'offer'),
  demands    = count_if(commitment(text) == 'demand'),
  threats    = count_if(commitment(text) == 'threat')
]]

local statements = open("datasets/opcon").statements

local by_country = statements
  :by "country"
  :measure(acts)
  :sort "-hedging"

local by_medium = statements
  :by "medium"
  :measure(acts)
  :where "statements >= 10"
  :sort "-hedging"

-- Do Seoul and Washington hedge more than they did?
local by_decade = statements
  :where "country == 'KOR' or country == 'USA'"
  :by "country, decade = year(date) // 10 * 10"
  :measure(acts)

by_country:csv "hedging_by_country.csv"
by_medium:csv "hedging_by_medium.csv"
by_decade:csv "hedging_by_decade.csv"

print(by_country)
print(by_medium)
print(by_decade)
