-- Climbs out of a folder that it may read.
-- exit: 1
-- says: an analysis may not read this

open "data/../../../../../../../etc/passwd"
