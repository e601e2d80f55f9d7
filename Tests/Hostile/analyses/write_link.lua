-- Writes through a link that leads out.
-- exit: 1
-- says: a report may not be written outside the output folder

open("data").t:csv "link/outside.csv"
