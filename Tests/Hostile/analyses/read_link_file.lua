-- Follows a link to a file outside of its folders.
-- exit: 1
-- says: an analysis may not read this

open "data/link.csv"
