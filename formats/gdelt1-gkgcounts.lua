-- formats/gdelt1-gkgcounts.lua: the counts of the Global Knowledge Graph 1.0 of GDELT, daily (20131002.gkgcounts.csv.zip)
return {
  summary = "Counts of the Global Knowledge Graph of GDELT, version 1.0.",
  source = "GDELT GKG Codebook V1.03 (2013)",
  delimiter = "\t", quote = false, header = false,
  names = {
    "DATE", "NUMARTS", "COUNTTYPE", "NUMBER", "OBJECTTYPE", "GEO_TYPE", "GEO_FULLNAME", "GEO_COUNTRYCODE",
    "GEO_ADM1CODE", "GEO_LAT", "GEO_LONG", "GEO_FEATUREID", "CAMEOEVENTIDS", "SOURCES", "SOURCEURLS",
  },
  types = {
    NUMARTS = "integer", NUMBER = "integer",
    COUNTTYPE = "string", OBJECTTYPE = "string", GEO_FULLNAME = "string", GEO_COUNTRYCODE = "string",
    GEO_ADM1CODE = "string", GEO_FEATUREID = "string", CAMEOEVENTIDS = "string", SOURCES = "string",
    SOURCEURLS = "string",
  },
  formats = { DATE = "%Y%m%d" },
}
