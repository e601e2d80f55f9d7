-- Opens a dataset whose description never ends, and catches the error.
-- exit: 1
-- says: stopped at its time limit

pcall(open, "endless")
