-- An init that never ends, in a form that update and finalize could be lifted in.
-- query: measure
-- exit: 3
-- says: stopped at its time limit

return {
  name = "init_lines_loop",
  params = { { "x", "number" } },
  returns = "number",
  init = function() while true do end end,
  update = function(s, x) end,
  finalize = function(s) return 1 end,
}
