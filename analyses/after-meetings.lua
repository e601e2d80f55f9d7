-- Do Seoul and Washington say more, or other things, about the transfer of command once their defence ministers have met?
-- Thirty days before and after each Security Consultative Meeting (SCM) since 2005.
--
--   readout run analyses/after-meetings.lua --out reports
--
-- writes after_meetings.csv (all meetings, by country), after_each_meeting.csv and path_around_meetings.csv (by week).

local opcon = open "datasets/opcon"

local said = opcon.statements
  :where "date >= '2003-01-01' and (country == 'KOR' or country == 'USA')"

-- Both countries were at every meeting: one event for each of them.
local meetings = opcon.events
  :where  "matches(name, '^[0-9]+(st|nd|rd|th) SCM') and date >= '2005-01-01'"
  :derive "country = split('KOR,USA', ',')"
  :unnest "country"
  :select "date, name, country"

local measure = [[
  on_transfer = count_if(topic == 'OPCON'),
  statements  = count(),
  share       = share(topic == 'OPCON')
]]

local by_country = said:study(meetings, { on = "country", before = 30, after = 30, by = "country", measure = measure })
local each = said:study(meetings, { on = "country", before = 30, after = 30, measure = measure })
local path = said:study(meetings, {
  on = "country", before = 28, after = 28, every = 7, by = "country", path = true, measure = "statements = count()",
})

by_country:csv "after_meetings.csv"
each:csv "after_each_meeting.csv"
path:csv "path_around_meetings.csv"

print(by_country:select "country, events, measure, before, after, difference, low, high, p")
print(by_country:select "country, measure, n_before, n_after, placebos, warning")
print(each
  :where  "measure == 'statements' and p <= 0.05"
  :select "country, name, before, after, low, high, p, warning"
  :sort   "p, country, name")
print(path:select "country, offset, value, low, high, n")
