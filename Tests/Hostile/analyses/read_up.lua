-- Climbs out of its folders.
-- exit: 1
-- says: an analysis may not read this

open "../../../../../../etc/passwd"
