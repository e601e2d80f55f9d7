-- Prints without an end.
-- exit: 1
-- says: stopped at its time limit

while true do print("x") end
