-- Requires a module with a name of a million characters.
-- exit: 3

return require(("x"):rep(1000000))
