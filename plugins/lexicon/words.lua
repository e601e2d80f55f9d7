-- What the text metrics mean by a word, and the words that turn a meaning round.
--
-- A word is a run of ASCII letters and digits and of bytes above 127, so that text in any script stays whole:
--   for word in plain(text):gmatch(words.pattern) do … end
-- `plain` lowers ASCII letters, drops apostrophes ("don't" -> "dont", "Seoul's" -> "seoul") and turns typographic
-- punctuation into spaces, so that "it’s — perhaps — so" has the words it, perhaps, so.

local find, gsub, lower = string.find, string.gsub, string.lower

local words = { pattern = "[%w\128-\255]+", pattern_and_end = "([%w\128-\255]+)()" }

function words.plain(text)
  text = lower(text)
  if find(text, "\226\128", 1, true) then
    text = gsub(text, "\226\128[\152\153]", "'")        -- single quotes U+2018, U+2019
    text = gsub(text, "\226\128[\128-\191]", " ")       -- U+2000 to U+203F: dashes, quotes, ellipsis, spaces
  end
  if find(text, "\194", 1, true) then
    text = gsub(text, "\194[\160-\191]", " ")           -- U+00A0 to U+00BF: no-break space, guillemets
  end
  if find(text, "\227\128", 1, true) then
    text = gsub(text, "\227\128[\128-\191]", " ")       -- U+3000 to U+303F: East Asian punctuation
  end
  if find(text, "'", 1, true) then
    text = gsub(text, "'s%f[^%w]", "")
    text = gsub(text, "'", "")
  end
  return text
end

-- "a b c" -> { a = value, b = value, c = value }, added to `into` where given.
function words.set(list, value, into)
  local set = into or {}
  for word in list:gmatch("%S+") do
    set[word] = value
  end
  return set
end

-- Phrases of two neighbouring words, to be looked up by the second and then the first: every pair of a word in
-- `firsts` and one in `seconds` gets `into[second][first] = value`.
function words.phrases(value, firsts, seconds, into)
  for second in seconds:gmatch("%S+") do
    into[second] = words.set(firsts, value, into[second])
  end
end

words.negators = words.set([[
  not no never none nothing nobody nowhere neither nor without cannot hardly scarcely barely dont doesnt didnt isnt
  arent wasnt werent wont wouldnt cant couldnt shouldnt mustnt neednt hasnt havent hadnt refuse refuses refused
  refusing deny denies denied denying
]], true)

return words
