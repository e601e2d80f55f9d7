-- Loops for ever in a function of rows.
-- exit: 1
-- says: stopped at its time limit

print(#open("data").t:where(function(row) while true do end end))
