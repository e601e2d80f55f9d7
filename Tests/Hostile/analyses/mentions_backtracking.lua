-- A term that is a regular expression, and backtracks without an end in one word.
-- exit: 2
-- says: too many steps for one word of a text

print(#dataset { t = { { s = ("a"):rep(5000) } } }.t:where("mentions(s, '/(a*)*(a*)*(a*)*[^a]/') > 0"))
