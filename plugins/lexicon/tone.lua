-- A lexicon of tone for political and diplomatic English, composed for Readout (Apache-2.0 like the rest).
--
-- Weights from -3 to 3: 1 is mild ("useful", "delay"), 2 is plain ("peace", "threat"), 3 is strong ("triumph",
-- "atrocity"). The weight is the tone of the word where states and parties talk about each other, whatever it means
-- elsewhere: "ally" is warm, "regime" is cool, "missile" is mildly grim, "deterrence" is left out because it comforts
-- one side as it worries the other. Forms are listed one by one, so that what matches is what you read.

local words = require "lexicon.words"

local tone = {}

words.set([[
  triumph triumphs triumphant triumphantly magnificent heroic heroically hero heroes glorious glory extraordinary
  outstanding superb brilliant brilliantly unshakable unbreakable ironclad invincible rejoice rejoices rejoiced
  jubilant wonderful excellent excellence flourish flourishes flourished flourishing admirable admirably cherish
  cherished cherishes beloved historic breakthrough breakthroughs masterful visionary
]], 3, tone)

words.set([[
  peace peaceful peacefully peacemaker peacemakers reconcile reconciled reconciliation harmony harmonious friendship
  friendships friend friends friendly trust trusted trusting trustworthy freedom freedoms free liberty liberties
  justice just dignity honour honor honourable honorable honoured honored proud proudly pride welcome welcomes
  welcomed welcoming praise praises praised praising praiseworthy applaud applauds applauded applauding commend
  commends commended commendable congratulate congratulates congratulated congratulations celebrate celebrates
  celebrated celebration thank thanks thanked thankful grateful gratitude appreciate appreciates appreciated
  appreciation admire admires admired admiration success successes successful successfully succeed succeeds succeeded
  victory victories victorious win wins won prosper prosperity prosperous thrive thrives thriving solidarity unity
  united wise wisely wisdom courage courageous courageously brave bravely bravery noble hope hopes hoped hopeful
  hopefully optimism optimistic confident confidence confidently enthusiasm enthusiastic inspire inspires inspired
  inspiring inspiration generous generosity compassion compassionate humane democracy democracies democratic lasting
  safe safely safety secure robust sincere sincerely sincerity legitimate legitimacy fair fairly fairness equitable
  equality delighted delight pleased happy happily good great greatly best better fruitful loyal loyalty faithful
  faithfully steadfast unwavering wholehearted wholeheartedly landmark milestone milestones fortunate fortunately love
  loves loved remarkable remarkably
]], 2, tone)

words.set([[
  ally allies allied alliance alliances partner partners partnership partnerships cooperate cooperates cooperated
  cooperation cooperative collaborate collaborates collaboration collaborative coordinated dialogue dialogues talks
  consult consultation consultations agree agrees agreed agreement agreements accord accords consensus compromise
  compromises support supports supported supporting supportive supporter supporters back backs backed backing endorse
  endorses endorsed endorsement assist assists assisted assistance help helps helped helpful aid assure assures
  assured assurance assurances reassure reassures reassured reassurance reassuring protect protects protected
  protection defend defends defended commit commits committed commitment commitments pledge pledges pledged promise
  promises promised promising resolve resolved resolute resolutely firm firmly strong stronger strongest strongly
  strength strengths strengthen strengthens strengthened strengthening solid stable stability stabilise stabilize
  stabilising sound sounder soundly steady steadily progress progresses progressed progressing advance advances
  advanced advancing improve improves improved improvement improvements improving develop develops developed
  development grow grows grew growth gain gains gained achieve achieves achieved achievement achievements accomplish
  accomplished accomplishment accomplishments benefit benefits benefited beneficial useful usefully valuable value
  values valued worthy worthwhile constructive constructively positive positively effective effectively efficient
  efficiently capable capability able ready readiness prepared smooth smoothly orderly proper properly appropriate
  appropriately right rightly reasonable reasonably sensible sensibly feasible realistic practical prudent prudently
  careful carefully responsible responsibly responsibility transparent transparency open openness honest honestly
  honesty clear clarity respect respects respected respectful mutual mutually reliable reliably dependable independent
  independence sovereign sovereignty autonomy equal reform reforms reformed modern modernise modernize modernised
  modernized innovation innovative recover recovers recovered recovery restore restores restored restoration relief
  relieve relieved ease eases eased easing calm calmly normalise normalize normalisation normalization settle settles
  settled settlement solve solves solved solution solutions reward rewards rewarded contribute contributes contributed
  contribution contributions encourage encourages encouraged encouraging encouragement enable enables enabled enhance
  enhances enhanced enhancing enrich deepen deepens deepened deepening popular opportunity opportunities favourable
  favorable favour favor willing willingly goodwill cordial cordially warm warmly timely swift swiftly durable
  sustainable comprehensive vibrant
]], 1, tone)

words.set([[
  delay delays delayed delaying postpone postpones postponed postponing postponement defer defers deferred setback
  setbacks concern concerns concerned concerning worry worries worried worrying worrisome doubt doubts doubted
  doubtful uncertain uncertainty unclear unresolved problem problems problematic difficult difficulty difficulties
  hard harder challenge challenges challenged challenging obstacle obstacles hurdle hurdles burden burdens burdensome
  costly expensive risk risks risky tension tensions tense strain strains strained friction frictions dispute disputes
  disputed disagree disagrees disagreed disagreement disagreements differ quarrel quarrels rift rifts gap gaps oppose
  opposes opposed opposing opposition object objects objected objection objections protest protests protested
  criticise criticize criticises criticizes criticised criticized criticism criticisms critical critic critics
  question questioned questionable controversial controversy unfair unfairly unequal unwise unwisely unrealistic
  unsuitable inappropriate premature prematurely rushed haste hasty hastily weak weaker weakest weaken weakens
  weakened weakening weakness weaknesses lack lacks lacked lacking shortage shortages slow slowed slowly stall stalls
  stalled stalling stagnant stagnation decline declines declined declining shrink shrinks loss losses lose loses lost
  losing fail fails failed failing failure failures mistake mistakes mistaken error errors wrong wrongly flaw flaws
  flawed poor poorly unprepared unready inadequate insufficient incomplete unstable instability volatile fragile
  vulnerable vulnerability vulnerabilities regret regrets regretted regrettable regrettably unfortunate unfortunately
  disappoint disappoints disappointed disappointing disappointment reluctant reluctantly reluctance refuse refuses
  refused refusing refusal reject rejects rejected rejecting rejection deny denies denied denial suspend suspends
  suspended suspension halt halts halted withdraw withdraws withdrawn withdrawal abandon abandons abandoned
  abandonment warn warns warned warning warnings pressure pressures pressured pressuring impose imposes imposed
  sanction sanctions sanctioned restrict restricts restricted restriction restrictions regime regimes missile missiles
  warhead warheads war wars weapon weapons rival rivals rivalry isolate isolates isolated isolation poverty
  unemployment inflation deficit deficits debt debts cuts complain complains complained complaint complaints
  dissatisfied dissatisfaction unacceptable unhappy sad sadly suspicion suspicions suspicious distrust mistrust
  cynical accuse accuses accused accusation accusations inequality unilateral unilaterally interfere interferes
  interfered interference meddle meddling
]], -1, tone)

words.set([[
  threat threats threaten threatens threatened threatening danger dangers dangerous dangerously endanger endangers
  endangered crisis crises conflict conflicts hostile hostility hostilities enemy enemies adversary adversaries
  aggressor aggressors aggression aggressive aggressively provoke provokes provoked provoking provocation provocations
  provocative attack attacks attacked attacking strike strikes struck invade invades invaded invasion invasions
  confront confrontation confrontational escalate escalates escalated escalating escalation destabilise destabilize
  destabilises destabilizes destabilising destabilizing harm harms harmed harmful damage damages damaged damaging hurt
  hurts destroy destroys destroyed destroying destruction destructive undermine undermines undermined undermining
  violate violates violated violating violation violations breach breaches breached illegal illegally unlawful
  unlawfully illegitimate crime crimes criminal criminals corrupt corruption fraud lie lies lied lying liar liars
  deceive deceives deceived deceit deception dishonest dishonestly blame blames blamed condemn condemns condemned
  condemning condemnation denounce denounces denounced denouncing denunciation deplore deplores deplored deplorable
  outrage outraged insult insults insulted insulting shame shameful shamefully disgrace disgraceful humiliate
  humiliates humiliated humiliating humiliation arrogant arrogantly arrogance irresponsible irresponsibly reckless
  recklessly recklessness foolish foolishly folly absurd nonsense shabby incompetent incompetence negligence negligent
  hypocrisy hypocritical hypocrite unjust unjustly injustice injustices unjustified oppress oppresses oppressed
  oppression oppressive repress repressive repression suffer suffers suffered suffering misery miserable hardship
  hardships fear fears feared fearful fearing afraid terrified alarm alarmed alarming anger angry angrily fury furious
  hate hates hated hateful hatred bully bullies bullied bullying blackmail coerce coerces coerced coercion coercive
  intimidate intimidates intimidated intimidation surrender surrenders surrendered capitulate capitulation subservient
  servile servants puppet puppets chaos chaotic turmoil unrest riot riots violence violent violently kill kills killed
  killing deadly death deaths die dies died dead victim victims casualty casualties wound wounded collapse collapses
  collapsed bad badly worse worsen worsens worsened worst misconduct abuse abuses abused terror terrorist terrorists
  terrorism extremist extremists extremism hunger famine disaster disasters disastrous grave gravely severe severely
  intolerable sabotage sabotaged
]], -2, tone)

words.set([[
  atrocity atrocities atrocious genocide genocidal massacre massacres massacred slaughter slaughtered barbaric
  barbarity barbarous brutal brutally brutality evil evils vile vicious viciously monstrous heinous horrific horrible
  horrendous horror horrors appalling abhorrent despicable treason treasonous traitor traitors traitorous treachery
  treacherous betray betrays betrayed betraying betrayal catastrophe catastrophes catastrophic annihilate annihilates
  annihilated annihilation obliterate obliterated tyrant tyrants tyranny tyrannical dictator dictators dictatorship
  despot despotic fascist fascists fascism ruthless ruthlessly merciless mercilessly murder murders murdered murderer
  murderers murderous torture tortured tortures enslave enslaved enslavement slavery devastate devastates devastated
  devastating devastation holocaust apocalypse doom doomed maniac maniacs lunatic lunatics hideous
]], -3, tone)

return tone
