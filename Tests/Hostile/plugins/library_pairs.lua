-- Changes a library through what pairs gives.
-- exit: 0
-- prints: xxxyy

return {
  name = "library_pairs", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local _, members = pairs(string)
    pcall(function() members.rep = function() return "evil" end end)
    pcall(rawset, members, "rep", function() return "evil" end)
    return ("x"):rep(3) .. string.rep("y", 2)
  end,
}
