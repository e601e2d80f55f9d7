-- Gives the options of a report without names.
-- exit: 1
-- says: an option of csv without a name: disarm

open("data").t:csv("a.csv", { "disarm", true })
