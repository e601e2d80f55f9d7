-- Looks for an address in errors.
-- exit: 3
-- says: (error object is a table value)

return {
  name = "address_error", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local _, m = pcall(function() local t = {} return t .. t end)
    local _, n = pcall(error, {})
    local _, o = pcall(string.rep)
    local _, p = pcall(function() return #nil end)
    assert(not (m .. tostring(n) .. o .. p):find("0x"))
    error({})
  end,
}
