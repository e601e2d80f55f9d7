-- Writes to a path that is too long.
-- exit: 1

open("data").t:csv(("x"):rep(5000))
