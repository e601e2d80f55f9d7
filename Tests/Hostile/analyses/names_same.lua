-- Names columns so that a CSV file might break.
-- exit: 0
-- prints: written

local r = { a = 1, A = 2, ["a "] = 3, [""] = 4, ["x,y\n\"z"] = 5 }
dataset { t = { r } }.t:csv "names.csv"
print("written")
