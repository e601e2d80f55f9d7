-- Takes the midnight of a day that no timestamp reaches: no date gets there.
-- exit: 2
-- says: a date beyond the years 0000 to 9999: 2025-01-01 + 213503982

local t = dataset { t = { { day = "2025-01-01" } } }.t
print(t:derive "moment = timestamp(day + 213503982)")
