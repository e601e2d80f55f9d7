-- Packs with sizes that do not exist.
-- exit: 0
-- prints: falsefalse

return {
  name = "pack_alignment", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(pcall(string.pack, "!17 i17", 1)) .. tostring(pcall(string.packsize, ("s"):rep(1000)))
  end,
}
