-- Reads a device that never ends.
-- exit: 1
-- says: an analysis may not read this

open "/dev/zero"
