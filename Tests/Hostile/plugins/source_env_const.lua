-- The source of CVE-2022-28805: constant globals.
-- exit: 3

local _ENV <const> = {}
local function f() return x end
x = 1
return f
