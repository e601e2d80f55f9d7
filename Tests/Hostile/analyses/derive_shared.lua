-- Columns that hold the one before twice, sixty times: written out there are 2^60 operands.
-- exit: 0
-- prints: done

local sums, choices, parts, truths = { "a0 = n" }, { "b0 = n" }, { "c0 = n" }, { "d0 = n > 1" }
for i = 1, 60 do
  local j = i - 1
  sums[#sums + 1] = ("a%d = a%d - a%d"):format(i, j, j)
  choices[#choices + 1] = ("b%d = if_(b%d > 3, b%d, b%d * 2)"):format(i, j, j, j)
  parts[#parts + 1] = ("c%d = if_(c%d > 3, c%d // 2, c%d // 3)"):format(i, j, j, j)
  truths[#truths + 1] = ("d%d = d%d and (d%d or d%d)"):format(i, j, j, j)
end
for _, list in ipairs { sums, choices, parts, truths } do
  local q = open("data").t:derive(table.concat(list, ", "))
  assert(#q:rows() > 0)
  q:explain()
end
local q = open("data").t:derive(table.concat(truths, ", ")):where("d60"):select("n")
print(#q:rows() >= 0 and "done")
