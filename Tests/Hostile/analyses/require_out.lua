-- Requires a module through a link.
-- exit: 1
-- says: a module outside the folder

require "outside"
