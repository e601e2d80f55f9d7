-- Writes a report under the name of another one's sidecar.
-- exit: 1
-- says: a report may not have this name: a.csv.run.json

open("data").t:csv "a.csv.run.json"
