-- A filter of a hundred thousand conditions.
-- exit: 1
-- says: expression too long

print(#open("data").t:where("n < 0" .. (" or n < 0"):rep(100000)))
