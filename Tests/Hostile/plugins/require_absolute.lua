-- Requires a module by an absolute path.
-- exit: 3
-- says: not the name of a module

return require "/etc/passwd"
