-- Shows tables and functions in a format.
-- exit: 0
-- prints: table function            %function

return {
  name = "address_format", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return string.format("\0%s %-20s%%%s", {}, function() end, string.rep)
  end,
}
