-- Raises an error that would pass for lines of Readout.
-- exit: 3
-- says: x\nreadout: all is well

return {
  name = "error_lines", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error("x\nreadout: all is well\n  hint: nothing", 0)
  end,
}
