-- Constants in bitwise operations (a bug of Lua 5.4.4).
-- exit: 0
-- prints: 1,

local x <const> = 0x7fffffffffffffff
return { name = "source_bits", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer", each = function(n) return (n | x) & 15 | n ~ n end }
