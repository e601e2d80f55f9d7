-- Loops for ever.
-- exit: 1
-- says: stopped at its time limit

while true do end
