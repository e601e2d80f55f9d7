-- Reads the table of globals.
-- exit: 3
-- says: unknown global: _G

return {
  name = "absent_g", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(_G)
  end,
}
