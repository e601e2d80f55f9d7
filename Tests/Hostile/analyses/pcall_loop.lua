-- Catches whatever stops it.
-- exit: 1
-- says: stopped at its time limit

while true do pcall(function() while true do end end) end
