-- Counts rows in the arguments of the analysis.
-- exit: 1
-- says: a global, or what one leads to, has changed

print(#open("data").t:where(function(row)
  local same = arg
  same.n = (same.n or 0) + 1
  return same.n % 2 == 0
end))
