-- Opens a name that is no UTF-8.
-- exit: 1
-- says: a string that is no UTF-8: 0xFE

open "a\xfe.csv"
