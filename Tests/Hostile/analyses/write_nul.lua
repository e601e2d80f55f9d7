-- Writes to a path with a NUL in it.
-- exit: 1
-- says: a report may not be written outside the output folder

open("data").t:csv "a.csv\0.txt"
