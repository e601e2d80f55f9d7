-- A thousand terms that are nil.
-- exit: 3
-- says: mentions takes at most 64 strings

return {
  name = "mentions_many", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(mentions("x", table.unpack({}, 1, 1000)))
  end,
}
