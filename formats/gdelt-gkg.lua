-- formats/gdelt-gkg.lua: the Global Knowledge Graph 2.1 of GDELT, every 15 minutes (20150218230000.gkg.csv.zip)
return {
  summary = "The Global Knowledge Graph of GDELT, version 2.1.",
  source = "GDELT GKG Codebook V2.1 (19 February 2015)",
  delimiter = "\t", quote = false, header = false,
  names = {
    "GKGRECORDID", "DATE", "SourceCollectionIdentifier", "SourceCommonName", "DocumentIdentifier", "Counts",
    "V2Counts", "Themes", "V2Themes", "Locations", "V2Locations", "Persons", "V2Persons", "Organizations",
    "V2Organizations", "Tone", "Dates", "GCAM", "SharingImage", "RelatedImages", "SocialImageEmbeds",
    "SocialVideoEmbeds", "Quotations", "AllNames", "Amounts", "TranslationInfo", "Extras",
  },
  types = {
    SourceCollectionIdentifier = "integer",
    Themes = "string", Persons = "string", Organizations = "string",
    GKGRECORDID = "string", SourceCommonName = "string", DocumentIdentifier = "string", Counts = "string",
    V2Counts = "string", V2Themes = "string", Locations = "string", V2Locations = "string",
    V2Persons = "string", V2Organizations = "string", Tone = "string", Dates = "string", GCAM = "string",
    SharingImage = "string", RelatedImages = "string", SocialImageEmbeds = "string",
    SocialVideoEmbeds = "string", Quotations = "string", AllNames = "string", Amounts = "string",
    TranslationInfo = "string", Extras = "string",
  },
  formats = { DATE = "%Y%m%d%H%M%S" },
}
