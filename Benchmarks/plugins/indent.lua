-- indent(text): hardly any work of its own, so that what a call with a text costs is seen. A `while` keeps it in the VM.
local byte = string.byte

return {
  name = "indent",
  summary = "How many spaces a text begins with.",
  params = { { "text", "text" } },
  returns = "integer",
  each = function(text)
    local count = 0
    while byte(text, count + 1) == 32 do count = count + 1 end
    return count
  end,
  examples = {
    { args = { "  so" }, gives = 2 },
    { args = { "" }, gives = 0 },
    { args = { nil }, gives = nil },
  },
}
