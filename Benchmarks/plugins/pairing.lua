-- pairing(country, topic): a function of two columns with few distinct values: it runs once for each combination of them.
local match = string.match

return {
  name = "pairing",
  summary = "The number in the country's name times that in the topic's.",
  params = { { "country", "string" }, { "topic", "string" } },
  returns = "integer",
  each = function(country, topic)
    return math.tointeger(tonumber(match(country, "%d+")) * tonumber(match(topic, "%d+")))
  end,
  examples = {
    { args = { "C017", "topic 03" }, gives = 51 },
    { args = { nil, "topic 03" }, gives = nil },
  },
}
