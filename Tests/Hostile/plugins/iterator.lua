-- Walks an iterator without an end.
-- exit: 3
-- says: stopped at its time limit

return {
  name = "iterator", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    for _ in function() return 1 end do end
  end,
}
