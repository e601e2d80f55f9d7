-- Queries over functions that hold two megabytes each, one after the other: what the last one held is free for the next.
-- exit: 0
-- memory: 48
-- prints: 60

local t, last = dataset { t = { { n = 1 } } }.t, 0
for round = 1, 60 do
  local big = {}
  for j = 1, 100000 do big[j] = j end
  last = round * #t:where(function(row) return big[row.n + 0] == 1 and string.format("%d", row.n) == "1" end)
end
print(last)
