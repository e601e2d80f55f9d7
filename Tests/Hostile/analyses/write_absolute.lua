-- Writes outside of its folder.
-- exit: 1
-- says: a report may not be written outside the output folder

open("data").t:csv "/tmp/readout-hostile.csv"
