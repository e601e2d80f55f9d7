-- Reads a path with a NUL in it.
-- exit: 1

open "data\0/../../etc/passwd"
