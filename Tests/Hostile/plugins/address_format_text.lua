-- Shows a table behind a NUL.
-- exit: 3
-- says: unknown global

return {
  name = "address_format_text", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.format("\0%s %s %s", {}, print == nil and 1 or 2, function() end)
  end,
}
