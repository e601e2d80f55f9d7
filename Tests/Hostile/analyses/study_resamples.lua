-- A study with a million resamples, each of which is drawn for every period.
-- exit: 1
-- says: limit

local rows, events = {}, {}
for i = 1, 20000 do rows[i] = { k = i % 3, v = i % 17, date = "2024-01-" .. ("%02d"):format(i % 28 + 1) } end
for i = 1, 300 do events[i] = { k = i % 3, date = "2024-01-" .. ("%02d"):format(i % 28 + 1) } end
local d = dataset { rows = rows, events = events }
local r = d.rows:derive("date = date(date)")
local e = d.events:derive("date = date(date)")
print(#r:study(e, { on = "k", before = 10, after = 10, measure = "m = median(v)", path = true, resamples = 1000000 }))
