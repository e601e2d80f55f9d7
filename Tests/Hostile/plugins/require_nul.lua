-- Requires a module with a NUL in its name.
-- exit: 3
-- says: not the name of a module

return require "a\0b"
