-- Requires modules without an end.
-- exit: 3
-- says: stopped at its time limit

for i = 1, 1 << 40 do pcall(require, "m" .. i) end
