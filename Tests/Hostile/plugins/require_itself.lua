-- Requires itself.
-- exit: 3
-- says: requires itself

return require "require_itself"
