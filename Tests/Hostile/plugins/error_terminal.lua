-- Raises an error that would clear the terminal.
-- exit: 3
-- says: \x1B[2J\x1B[1;1Hdone\x9B2J

return {
  name = "error_terminal", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    error("\27[2J\27[1;1Hdone\u{9b}2J", 0)
  end,
}
