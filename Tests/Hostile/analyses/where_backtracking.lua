-- A regular expression that backtracks without an end.
-- exit: 2
-- says: too many steps for one match

print(#dataset { t = { { s = ("a"):rep(5000) } } }.t:where("matches(s, '(a*)*(a*)*(a*)*[^a]')"))
