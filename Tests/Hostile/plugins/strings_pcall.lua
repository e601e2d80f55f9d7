-- Catches that there is no more memory.
-- exit: 3
-- says: stopped at its memory limit
-- memory: 48

return {
  name = "strings_pcall", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    while true do pcall(string.rep, "x", 1 << 30) end
  end,
}
