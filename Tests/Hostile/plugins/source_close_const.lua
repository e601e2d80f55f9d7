-- Assigns to a constant.
-- exit: 3
-- says: attempt to assign to const variable 'x'

local x <const> = 1
x = 2
