-- Opens a path of ten thousand folders.
-- exit: 1
-- says: path too long

open(("x/"):rep(10000))
