-- Looks behind a library by next and rawget.
-- exit: 0
-- prints: nilnil0

return {
  name = "library_next", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local name, member = next(math)
    return tostring(name) .. tostring(rawget(math, "floor")) .. tostring(rawlen(table))
  end,
}
