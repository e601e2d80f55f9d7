-- Cues of the four acts that bind somebody to something: promise, offer (the speaker, the second on terms), demand,
-- threat (the hearer, the second at a cost). Phrases are two neighbouring words, held by the second and then the
-- first.

local words = require "lexicon.words"

local cues, phrases = {}, {}

words.set([[
  retaliate retaliates retaliation retaliatory punish punishes punished punishment annihilate annihilates annihilation
  obliterate crush crushing merciless mercilessly ruthlessly pulverise pulverize deathblow ultimatum reprisal
  reprisals consequences countermeasure countermeasures
]], "threat", cues)
words.phrases("threat", "pay pays paid", "dearly", phrases)
words.phrases("threat", "heavy terrible bitter high the", "price", phrases)
words.phrases("threat", "all every military other", "options", phrases)
words.phrases("threat", "will shall", "respond retaliate destroy strike hit regret suffer punish", phrases)
words.phrases("threat", "not never", "tolerate", phrases)
words.phrases("threat", "strike strikes hit hits", "back", phrases)
words.phrases("threat", "more stronger further additional new", "sanctions", phrases)
words.phrases("threat", "of", "fire ashes", phrases)

words.set([[
  must demand demands demanded demanding urge urges urged urging insist insists insisted insisting ought require
  requires required requiring request requests requested requesting appeal appeals appealed should
]], "demand", cues)
words.phrases("demand", "call calls called calling", "on upon for", phrases)
words.phrases("demand", "has have had needs need", "to", phrases)
words.phrases("demand", "ask asks asked asking", "the that for washington seoul pyongyang beijing tokyo", phrases)

words.set([[
  offer offers offered offering propose proposes proposed proposing invited invitation willing willingness
]], "offer", cues)
words.phrases("offer", "ready prepared stands", "to", phrases)
words.phrases("offer", "stands stand", "ready", phrases)
words.phrases("offer", "open", "to for", phrases)
words.phrases("offer", "in", "exchange return", phrases)

words.set([[
  promise promises promised promising pledge pledges pledged pledging vow vows vowed vowing swear swears swore sworn
  guarantee guarantees guaranteed commit commits committed commitment commitments assure assures assured assurance
  assurances undertake undertakes undertook reaffirm reaffirms reaffirmed ironclad
]], "promise", cues)
words.phrases("promise", "will shall", [[
  keep defend protect provide maintain remain stay honour honor support help ensure uphold fulfil fulfill stand
  continue strengthen preserve deliver work make never
]], phrases)
words.phrases("promise", "not never", "abandon withdraw leave desert forget", phrases)

return { words = cues, phrases = phrases }
