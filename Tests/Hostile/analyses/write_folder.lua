-- Writes over its folder.
-- exit: 1

open("data").t:csv "."
