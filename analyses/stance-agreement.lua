-- How often does the stance metric agree with the human coder? See plugins/stance.md.
--
--   readout run analyses/stance-agreement.lua --out reports
--
-- writes agreement.csv and confusion.csv. The metric was developed on the statements before 2015; those from 2015 on
-- are the test.

-- Cohen's kappa: agreement beyond what chance would give, 1 when perfect, 0 when no better than chance.
metric {
  name = "kappa",
  summary = "Cohen's kappa of two codings.",
  params = { { "a", "string" }, { "b", "string" } },
  returns = "number",
  init = function() return { n = 0, same = 0, a = {}, b = {} } end,
  update = function(state, a, b)
    state.n = state.n + 1
    if a == b then state.same = state.same + 1 end
    state.a[a] = (state.a[a] or 0) + 1
    state.b[b] = (state.b[b] or 0) + 1
  end,
  merge = function(state, other)
    state.n, state.same = state.n + other.n, state.same + other.same
    for class, n in pairs(other.a) do state.a[class] = (state.a[class] or 0) + n end
    for class, n in pairs(other.b) do state.b[class] = (state.b[class] or 0) + n end
  end,
  finalize = function(state)
    local chance = 0 -- in integers, times n², so that the order of the classes cannot matter
    for class, n in pairs(state.a) do chance = chance + n * (state.b[class] or 0) end
    local square = state.n * state.n
    if chance == square then return nil end
    return (state.same * state.n - chance) / (square - chance)
  end,
}

local read = open("datasets/opcon").statements
  :where  "topic == 'OPCON'"
  :derive "period = date < '2015-01-01' and 'developed on' or 'held out', score = stance(text, 'OPCON transfer')"
  :derive [[
    reading = score == nil and 'neutral' or score > 0.3 and 'support' or score < -0.3 and 'oppose' or 'conditional'
  ]]

local agreement = read
  :by      "period"
  :measure [[
    statements = count(),
    agree      = count_if(reading == stance),
    agreement  = count_if(reading == stance) / count(),
    kappa      = kappa(reading, stance),
    undecided  = count_if(score == nil) / count(),
    agreement_where_decided = count_if(reading == stance and score ~= nil) / count(score)
  ]]

local confusion = read
  :by      "period, stance"
  :measure [[
    support     = count_if(reading == 'support'),
    conditional = count_if(reading == 'conditional'),
    oppose      = count_if(reading == 'oppose'),
    undecided   = count_if(score == nil)
  ]]

agreement:csv "agreement.csv"
confusion:csv "confusion.csv"

print(agreement)
print(confusion)
