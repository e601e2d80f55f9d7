-- Returns a table whose fields are a metatable's.
-- exit: 3

return setmetatable({}, { __index = { name = "returns_metatable", each = function() return 1 end } })
