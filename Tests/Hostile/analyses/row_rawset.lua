-- Keeps state in the row that it is given.
-- exit: 1
-- says: a protected table cannot be changed: seen

local q = open("data").t:where(function(row) rawset(row, "seen", (rawget(row, "seen") or 0) + 1) return row.seen > 1 end)
print(#q)
