-- Reads the memory of the process.
-- exit: 1
-- says: an analysis may not read this

open "/proc/self/mem"
