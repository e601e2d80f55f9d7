-- Writes a report that is named like what it reads: it goes below --out.
-- exit: 0
-- prints: 3 rows

open("data").t:csv "data/t.csv"
print(open("data").t)
