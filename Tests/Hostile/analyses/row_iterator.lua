-- Takes its answers from an iterator.
-- exit: 1
-- says: keeps an iterator between calls

local following = string.gmatch("abcdef", "()[ace]")
print(#open("data").t:where(function(row) return following() == row.n end))
