-- Loops for ever in a table of gsub.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "gsub_table", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return (("x"):gsub(".", setmetatable({}, { __index = function() while true do end end })))
  end,
}
