-- Takes the iterator of pairs for another table.
-- exit: 0
-- prints: 1 nil

return {
  name = "order_pairs", summary = "Hostile.", params = { { "n", "integer" } }, returns = "string",
  each = function(n)
    local step, table_ = pairs({ 1, 2, 3 })
    local keys, key = {}, nil
    repeat
      key = step({ b = 1, a = 2, 7 }, key)
      keys[#keys + 1] = tostring(key)
    until key == nil or #keys > 5
    return table.concat(keys, " ")
  end,
}
