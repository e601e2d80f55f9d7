-- A regular expression of ten thousand brackets.
-- exit: 1
-- says: not a regular expression

print(#open("data").t:where("matches(text, '" .. ("("):rep(10000) .. "')"))
