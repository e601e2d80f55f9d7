-- Replaces a million letters by a hundred thousand each.
-- exit: 1
-- memory: 512

local t = dataset { t = { { s = ("a"):rep(1000000) } } }.t
print(#t:derive("x = replace(s, 'a', '" .. ("b"):rep(100000) .. "')"))
