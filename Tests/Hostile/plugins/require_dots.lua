-- Requires a module with empty parts.
-- exit: 3
-- says: not the name of a module

return require "..secret"
