-- What stance reads: the words that show a text is about a target, and the cues that show a side.

local words = require "lexicon.words"

local stance = {}

-- Targets the lexicon knows, by their name in lower case. A sentence is about the target when the weights of the
-- different words in it reach 2; a text that has none of the anchors is not even looked at. Any other target is known
-- by its own words (see stance.lua).
local opcon = {}
words.set([[
  opcon handover handovers takeover takeovers
]], 2, opcon)
words.set("wartime command operational", 1.5, opcon)
words.set([[
  control transfer transfers transferred transferring transition transitions war return returned returning recover
  recovers recovering recovery regain regains regained regaining reclaim reclaims reclaiming retake retaking restore
  restoring handing hand shift shifting switch change take taking keep keeping hold holding lead leads leading delay
  delays delayed delaying postpone postpones postponed postponing postponement defer deferred deferring deferral date
  timing timetable schedule deadline roadmap conditions sovereignty
]], 0.5, opcon)
local opcon_transfer = {
  weights = opcon,
  anchors = { "opcon", "command", "handover", "takeover", "wartime", "operational" },
}
stance.targets = { ["opcon transfer"] = opcon_transfer, ["opcon transition"] = opcon_transfer, opcon = opcon_transfer }

-- Words of a target's name that are in every text.
stance.stop = words.set("the a an of to in on for and or by with from at as is are be its their", true)

-- Cues, by word. What each kind does to the score is said in stance.lua.
local cues = {}

-- Carrying the thing out, or wanting to.
words.set([[
  recover recovers recovered recovering regain regains regained regaining reclaim reclaims reclaimed reclaiming retake
  retakes retaking restore restores restored restoring complete completes completed completing completion finish
  finishes finished finishing finalise finalize accelerate accelerates accelerated accelerating acceleration expedite
  expedited proceed proceeds proceeding progress progressing progresses advance advances advanced advancing implement
  implements implemented implementation support supports supported supporting endorse endorses endorsed backs backed
  backing favour favours favor favors pursue pursues pursued pursuing seek seeks pledge pledges pledged promise
  promised promises achieve achieves achieved achieving push pushes pushing swiftly quickly promptly early earlier
  timely smooth smoothly speed sooner roadmap reaffirm reaffirms reaffirmed commit commits committed aim aims intend
  intends intention hope hopes want wants wish wishes strive strives resolve resolved goal target targets plan plans
  expect expects expected agree agrees agreed approve approved approves adopt adopts adopted
]], "advance", cues)

-- Being able to.
words.set([[
  ready prepared preparing able capable ability prepare prepares preparation preparations feasible realistic
  possible
]], "ready", cues)

-- Not yet, or only if.
words.set([[
  conditions condition conditional conditionally criteria until unless before once requires require required
  requirement requirements needs need needed prerequisite prerequisites depends depend depending provided capability
  capabilities gradually gradual shortcut shortcuts expediency rush hurry satisfied fulfilled secured cautious
  cautiously caution careful carefully care precision haste hasty premature prematurely readiness verify
  verified verification assess assessed assessment evaluation evaluated
]], "condition", cues)

-- Later.
words.set([[
  delay delays delayed delaying postpone postpones postponed postponing postponement defer defers deferred deferring
  deferral wait waits waiting later reset resetting review reviewed revisit revisited reschedule rescheduled extend
  extends extended extending extension
]], "delay", cues)

-- Against it.
words.set([[
  oppose opposes opposed opposing against reject rejects rejected rejecting rejection scrap scraps scrapped halt halts
  halted stop stopped stops abandon abandons abandoned abandoning cancel cancels cancelled canceled reconsider
  reconsiders reconsidered reconsideration rethink renegotiate renegotiated renegotiation anew resist resists resisted
  block blocks blocked withdraw repeal abolish veto object objects objected
]], "against", cues)

-- Approval and disapproval, of whatever the sentence is about.
words.set([[
  welcome welcomes welcomed welcoming right rightly correct sensible sound sounder proper fortunate good better best
  important vital necessary essential serves serve benefits benefit praise praised praises proud stride milestone
  historic natural normal overdue pride priority positive desirable appropriate suits justified legitimate success
  successful strengthens strengthen wise
]], "praise", cues)
words.set([[
  wrong mistake mistaken harm harms harmful harmed danger dangers dangerous endanger endangers endangered risk risks
  risky threatens undermine undermines undermining weaken weakens weakening irresponsible irresponsibly reckless
  recklessly rushed unwise worrying shabby betrayal betrays betray betraying treachery treason insult insults
  humiliation humiliating shame shameful disgrace disgraceful vile arrogant folly foolish surrender surrenders
  surrendering abandonment servile servants puppet puppets subservient submission deplore deplores deplored condemn
  condemns condemned protest protests protested reproach unsuitable hostility bystander unsettles regret regrets
  regrettable criticise criticises criticised criticize criticizes criticized absurd excuse alarming disastrous
  disaster fear fears gamble populist populism vacuum
]], "blame", cues)

-- Taking no side yet.
words.set([[
  undecided undetermined studying studies study discuss discusses discussed discussing discussion discussions consult
  consults consulted consulting consultation consultations restates unsettled speculation premise
]], "open", cues)
stance.cues = cues

-- Cues of two neighbouring words, by the second and then the first. They win over the words they are made of; the
-- kind "aside" only takes those out.
local phrases = {}
words.phrases("delay", "put puts putting", "off", phrases)
words.phrases("delay", "slow slows slowed slowing", "down it", phrases)
words.phrases("delay", "more", "time", phrases)
words.phrases("delay", "last lasts command control", "longer", phrases)
words.phrases("delay", "push pushed moving move", "back the", phrases)
words.phrases("delay", "hold holding keep keeping", "command", phrases)
words.phrases("delay", "foreign countrys outsiders", "control command", phrases)
words.phrases("condition", "too so", "early soon hasty quickly fast", phrases)
words.phrases("condition", "come comes", "first", phrases)
words.phrases("condition", "are is be been being fully", "met", phrases)
words.phrases("condition", "not", "yet ready prepared able", phrases)
words.phrases("condition", "only", "when if after once", phrases)
words.phrases("condition", "as", "when if", phrases)
words.phrases("condition", "right proper better best", "moment time timing", phrases)
words.phrases("condition", "conditions capability condition", "based", phrases)
words.phrases("condition", "must should", "outweigh", phrases)
words.phrases("against", "think look", "again", phrases)
words.phrases("against", "far", "from", phrases)
words.phrases("advance", "carry carries carried carrying", "out", phrases)
words.phrases("advance", "as", "planned scheduled soon", phrases)
words.phrases("advance", "on", "schedule track time", phrases)
words.phrases("advance", "at", "once", phrases)
words.phrases("advance", "take takes taking took get gets getting bring brings bringing win wins", "back", phrases)
words.phrases("advance", "full", "speed", phrases)
words.phrases("advance", "step", "up", phrases)
words.phrases("advance", "pass passes", "to", phrases)
words.phrases("advance", "within", "term", phrases)
words.phrases("advance", "stepped", "up", phrases)
words.phrases("aside", "for", "support", phrases)
words.phrases("blame", "gives give giving gave", "up away", phrases)
words.phrases("blame", "set", "aside", phrases)
words.phrases("blame", "cannot", "excuse", phrases)
words.phrases("blame", "behind", "closed", phrases)
words.phrases("blame", "without", "limit", phrases)
words.phrases("open", "nothing no still", "decide decided decides settle undecided decision", phrases)
words.phrases("open", "final", "answer decision", phrases)
words.phrases("open", "has", "decided", phrases)
stance.phrases = phrases

-- A year after one of these is a date set for the thing: by 2012, in April 2012.
stance.before_year = words.set([[
  by in to year before until january february march april may june july august september october november december
]], true)

-- Clauses that yield to the main one start with these, and end at the next comma …
stance.concessions = words.set("although though while despite whereas notwithstanding", true)
-- … and these set what follows against what went before, which counts half.
stance.contrasts = words.set("but however yet nevertheless nonetheless still instead", true)

-- A sentence that starts with one of these goes on about what the sentence before it was about.
stance.carries_on = words.set("it this that these those such doing they", true)

-- A cue within three words after one of these counts half.
stance.hedges = words.set([[
  may might could perhaps maybe possibly possible probably likely unlikely reportedly apparently seems seem appears
  appear suggests suggest partly partially somewhat some
]], true)

return stance
