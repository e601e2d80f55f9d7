-- Keeps state in a table under another name.
-- exit: 3
-- says: keeps state between calls

local seen = {}

return {
  name = "state_alias", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local table_ = seen
    table_.count = (table_.count or 0) + 1
    return tostring(table_.count)
  end,
}
