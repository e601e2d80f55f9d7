-- Fills eight thousand years minute by minute.
-- exit: 1

local t = dataset { t = { { m = "0001-01-01T00:00:00Z", n = 1 }, { m = "9999-01-01T00:00:00Z", n = 2 } } }.t
print(#t:derive("m = timestamp(m)"):fill("m", { every = "1 minute", with = "n = 0" }))
