-- Counts rows in the table of a global.
-- exit: 1
-- says: a global, or what one leads to, has changed

counts = { n = 0 }
print(#open("data").t:where(function(row)
  local same = counts
  same.n = same.n + 1
  return same.n % 2 == 0
end))
