-- Takes the midnight of a day that no timestamp reaches.
-- exit: 2
-- says: timestamp: cannot read: +586579-01-19

local t = dataset { t = { { day = "2025-01-01" } } }.t
print(t:derive "moment = timestamp(day + 213503982)")
