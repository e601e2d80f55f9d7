-- Runs a query inside of a query.
-- exit: 1
-- says: not available in a function of rows

local t = open("data").t
print(#t:where(function(row) return #t > 0 end))
