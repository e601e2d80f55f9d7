-- formats/gdelt-mentions.lua: where the events of GDELT 2.0 were reported (20150218230000.mentions.CSV.zip)
return {
  summary = "Mentions of the events of GDELT 2.0.",
  source = "GDELT Event Codebook V2.0 (19 February 2015)",
  delimiter = "\t", quote = false, header = false,
  names = {
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
  },
  types = {
    GLOBALEVENTID = "integer", MentionType = "integer", SentenceID = "integer", Actor1CharOffset = "integer",
    Actor2CharOffset = "integer", ActionCharOffset = "integer", InRawText = "integer", Confidence = "integer",
    MentionDocLen = "integer",
    MentionDocTone = "number",
    MentionSourceName = "string", MentionIdentifier = "string", MentionDocTranslationInfo = "string",
    Extras = "string",
  },
  formats = { EventTimeDate = "%Y%m%d%H%M%S", MentionTimeDate = "%Y%m%d%H%M%S" },
}
