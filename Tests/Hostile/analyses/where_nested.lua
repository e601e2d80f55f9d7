-- A filter of a hundred thousand parentheses.
-- exit: 1
-- says: nested too deeply

print(#open("data").t:where(("("):rep(100000) .. "n"))
