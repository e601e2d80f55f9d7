-- Derives from what was derived, as often as a query has steps: each stands in the next.
-- exit: 0
-- prints: done

local q = open("data").t
for i = 1, 4900 do q = q:derive("n = if_(n > 1, n, n + 1)"):derive("n = abs(n)") end
print(#q:rows() > 0 and "done" or "empty")
