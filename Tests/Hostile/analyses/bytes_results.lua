-- Makes texts that are no UTF-8 in a dataset, a function of rows and a metric, which would pass for one another where they are shown.
-- exit: 0
-- prints: 0xFF / 0xFF / gives a string that is no UTF-8, not a string

metric { name = "odd", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n) return "\xff" .. string.char(128 + n) end }
local t = dataset { t = { { n = 1 }, { n = 2 } } }.t
local function failure(f)
  local ok, err = pcall(f)
  return ok and "none" or tostring(err):match("0xFF") or tostring(err):match("gives [^:]*")
end
print(failure(function() return #dataset { t = { { b = "\xff\x81" } } }.t end) .. " / "
  .. failure(function() return #t:derive("z", function(row) return "\xff" .. string.char(128 + row.n) end) end) .. " / "
  .. failure(function() return #t:by("m = odd(n)"):measure "c = count()" end))
