-- Functions that call one another twice: put in the place of their calls they double, 26 times.
-- exit: 3
-- says: stopped at its time limit

local function f0(x) return x + 1 end
local function f1(x) return f0(x) + f0(x + 1) end
local function f2(x) return f1(x) + f1(x + 1) end
local function f3(x) return f2(x) + f2(x + 1) end
local function f4(x) return f3(x) + f3(x + 1) end
local function f5(x) return f4(x) + f4(x + 1) end
local function f6(x) return f5(x) + f5(x + 1) end
local function f7(x) return f6(x) + f6(x + 1) end
local function f8(x) return f7(x) + f7(x + 1) end
local function f9(x) return f8(x) + f8(x + 1) end
local function f10(x) return f9(x) + f9(x + 1) end
local function f11(x) return f10(x) + f10(x + 1) end
local function f12(x) return f11(x) + f11(x + 1) end
local function f13(x) return f12(x) + f12(x + 1) end
local function f14(x) return f13(x) + f13(x + 1) end
local function f15(x) return f14(x) + f14(x + 1) end
local function f16(x) return f15(x) + f15(x + 1) end
local function f17(x) return f16(x) + f16(x + 1) end
local function f18(x) return f17(x) + f17(x + 1) end
local function f19(x) return f18(x) + f18(x + 1) end
local function f20(x) return f19(x) + f19(x + 1) end
local function f21(x) return f20(x) + f20(x + 1) end
local function f22(x) return f21(x) + f21(x + 1) end
local function f23(x) return f22(x) + f22(x + 1) end
local function f24(x) return f23(x) + f23(x + 1) end
local function f25(x) return f24(x) + f24(x + 1) end
local function f26(x) return f25(x) + f25(x + 1) end

return {
  name = "lifted_doubling", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n) return f26(n) end,
}
