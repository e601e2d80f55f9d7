-- Reaches for host.
-- exit: 3
-- says: unknown global: host

return {
  name = "absent_host", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    return tostring(host.gsub)
  end,
}
