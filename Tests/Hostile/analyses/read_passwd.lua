-- Reads a file outside of its folders.
-- exit: 1
-- says: an analysis may not read this: /etc/passwd

open "/etc/passwd"
