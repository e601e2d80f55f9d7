-- Writes to a path that goes up and down a hundred thousand bytes long.
-- exit: 1
-- says: path too long

open("data").t:csv(("x/../"):rep(20000) .. "a.csv")
