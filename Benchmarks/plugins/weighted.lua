-- weighted(tone, words): a number in two branches, plain arithmetic. It lifts.
return {
  name = "weighted",
  summary = "The tone; where it is negative, twice the tone and the words.",
  params = { { "tone", "number" }, { "words", "integer" } },
  returns = "number",
  each = function(tone, words)
    if tone < 0 then return tone * 2 + words else return tone end
  end,
  examples = {
    { args = { -1.5, 10 }, gives = 7.0 },
    { args = { 2.5, 10 }, gives = 2.5 },
    { args = { nil, 10 }, gives = nil },
  },
}
