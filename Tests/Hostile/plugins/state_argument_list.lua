-- Changes the list that it is given.
-- exit: 0
-- prints: 1,
-- query: list

return {
  name = "state_argument_list", summary = "Hostile.", params = { { "list", "list" } }, returns = "string",
  each = function(list)
    local text = list[1]
    list[1] = "evil"
    list[2] = "evil"
    return text
  end,
}
