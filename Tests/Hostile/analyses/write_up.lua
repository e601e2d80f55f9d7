-- Writes above its folder.
-- exit: 1
-- says: a report may not be written outside the output folder

open("data").t:csv "../outside.csv"
