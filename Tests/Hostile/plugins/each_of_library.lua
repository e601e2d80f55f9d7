-- The function of the metric is one of C, which no source says anything about.
-- exit: 3
-- says: bad argument

return {
  name = "each_of_library", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer", each = table.move,
}
