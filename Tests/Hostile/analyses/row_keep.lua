-- Keeps rows between calls.
-- exit: 1
-- says: keeps state between calls: rows

local rows = {}
print(#open("data").t:where(function(row) rows[#rows + 1] = row return true end))
