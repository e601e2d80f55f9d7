-- formats/gdelt1-gkg.lua: the Global Knowledge Graph 1.0 of GDELT, daily (20131002.gkg.csv.zip)
return {
  summary = "The Global Knowledge Graph of GDELT, version 1.0.",
  source = "GDELT GKG Codebook V1.03 (2013)",
  delimiter = "\t", quote = false, header = false,
  names = {
    "DATE", "NUMARTS", "COUNTS", "THEMES", "LOCATIONS", "PERSONS", "ORGANIZATIONS", "TONE", "CAMEOEVENTIDS",
    "SOURCES", "SOURCEURLS",
  },
  types = {
    NUMARTS = "integer",
    THEMES = "string", PERSONS = "string", ORGANIZATIONS = "string",
    COUNTS = "string", LOCATIONS = "string", TONE = "string", CAMEOEVENTIDS = "string", SOURCES = "string",
    SOURCEURLS = "string",
  },
  formats = { DATE = "%Y%m%d" },
}
