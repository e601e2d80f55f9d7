-- Leaves a loop of a closed value by break, where a closure keeps the loop's variable, and closes another below (a bug of
-- Lua up to 5.4.5: it writes outside of the stack).
-- exit: 3
-- says: got a non-closable value

return {
  name = "break_close", summary = "Hostile.", params = { { "n", "integer" } }, returns = "integer",
  each = function(n)
    local meta = {}
    local closed = setmetatable({}, meta)
    meta.__close = function() end
    local function leave()
      do
        local a, b, c, d
        for k in next, { 1 }, nil, closed do
          local keep = function() return k end
          break
        end
      end
      local last <close> = closed
      return 1
    end
    return leave()
  end,
}
