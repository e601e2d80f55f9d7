-- Requires a module by a path.
-- exit: 3
-- says: not the name of a module

return require "../plugins/loop"
