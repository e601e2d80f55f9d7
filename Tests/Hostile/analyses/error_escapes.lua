-- Names that would clear the terminal, in an error's value.
-- exit: 1
-- says: \x1B]0;owned\x07

print(#open("data/t.csv").t:select('row["\27]0;owned\7\27[2J"]'))
