-- Keeps what it has seen in a table.
-- exit: 3
-- says: metric state_table keeps state between calls: seen

local seen = {}

return {
  name = "state_table", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    seen[n] = true
    return tostring(#seen)
  end,
}
