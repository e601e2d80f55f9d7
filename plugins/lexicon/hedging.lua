-- Words that hedge: they leave a claim open, weaken it, or put it at a distance.
--
-- Left out on purpose, as they mean something else more often than they hedge in this kind of text: can (ability),
-- should (demand), about and around (prepositions), assume (command), rather (than).

local words = require "lexicon.words"

local hedging = {}

hedging.words = words.set([[
  may might could perhaps maybe possibly possible possibility probably probable likely unlikely seem seems seemed
  seemingly appear appears appeared apparently evidently presumably supposedly allegedly reportedly suggest suggests
  suggested suggesting indicate indicates indicated imply implies implied believe believes believed guess suppose
  supposes suspect suspects estimate estimates estimated roughly approximately almost nearly somewhat fairly quite
  partly partially largely mostly mainly generally usually typically often sometimes occasionally frequently potential
  potentially conceivable conceivably arguably plausible plausibly theoretically hypothetically tend tends tended
  uncertain uncertainty unclear undecided doubt doubts doubtful tentative tentatively provisional hopefully virtually
  relatively comparatively essentially eventually would
]], true)

-- Phrases of two words, by the second and then the first.
hedging.phrases = {
  principle = { ["in"] = true }, degree = { some = true }, extent = { some = true }, point = { some = true },
  less = { ["or"] = true }, speaking = { broadly = true, strictly = true }, of = { sort = true, kind = true },
  sense = { ["in"] = true, a = true }, speak = { to = true }, ["if"] = { as = true }, depend = { will = true },
}

-- "may" is no hedge but the month after these ("in May") and before a number ("May 2026").
hedging.before_month = words.set("in by since last next of early late mid until till from every this and on to", true)

-- "might" is a noun after these ("military might").
hedging.before_noun = words.set("military nuclear its their our the his her your armed national", true)

return hedging
