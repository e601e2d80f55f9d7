-- Counts rows in a global, by another name for the globals.
-- exit: 1
-- says: a global, or what one leads to, has changed

_G.count = 0
print(#open("data").t:where(function(row)
  local all = _G
  local same = all
  same.count = same.count + 1
  return same.count % 2 == 0
end))
