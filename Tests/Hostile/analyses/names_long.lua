-- A column of a long name is misspelt in as long a one: how near they are takes the product of their lengths to tell.
-- exit: 1
-- says: unknown column

local row = { [("a"):rep(300000)] = 1 }
print(#dataset { t = { row } }.t:where(("b"):rep(300000) .. " > 1"))
