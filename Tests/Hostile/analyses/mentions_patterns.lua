-- Thousands of patterns with stars, for thousands of words that none of them fits.
-- exit: 1
-- says: stopped at its time limit

local terms, rows = {}, {}
for i = 1, 3000 do terms[i] = ("'*q%dz*q%dz*'"):format(i, i) end
for row = 1, 4000 do
  local words = {}
  for word = 1, 40 do words[word] = ("word%dx%dy%s"):format(row, word, ("ab"):rep(12)) end
  rows[row] = { s = table.concat(words, " ") }
end
print(#dataset { t = rows }.t:where("mentions(s, " .. table.concat(terms, ", ") .. ") > 0"))
