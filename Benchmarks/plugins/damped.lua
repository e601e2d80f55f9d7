-- damped(tone, words): as much work as `weighted`, but with a `while`, which keeps it in the VM.
return {
  name = "damped",
  summary = "The tone, halved until it is above -6, and the words.",
  params = { { "tone", "number" }, { "words", "integer" } },
  returns = "number",
  each = function(tone, words)
    while tone < -6 do tone = tone / 2 end
    return tone + words
  end,
  examples = {
    { args = { -10.0, 10 }, gives = 5.0 },
    { args = { 2.5, 10 }, gives = 12.5 },
    { args = { nil, 10 }, gives = nil },
  },
}
