-- Writes above its folder by way of one below.
-- exit: 1
-- says: a report may not be written outside the output folder

open("data").t:csv "a/../../outside.csv"
