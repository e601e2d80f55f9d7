-- Writes a report under the name of a file that is not done, which the next report would sweep away.
-- exit: 1
-- says: a report may not have this name: b/.a.csv.1.readout-part

open("data").t:csv "b/.a.csv.1.readout-part"
