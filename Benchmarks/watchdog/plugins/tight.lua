-- A tight loop: what a hook would slow down, and a watchdog must not.
return {
  name = "tight",
  summary = "The sum of some remainders.",
  params = { { "n", "integer" } },
  returns = "integer",
  each = function(n)
    local sum = 0
    for i = 1, 50000000 do sum = sum + (i ~ n) % 7 end
    return sum
  end,
}
