-- Counts 900,000 arguments.
-- exit: 0
-- prints: 900000

return {
  name = "select_many", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(select("#", table.unpack({}, 1, 900000)))
  end,
}
