return {
  title = "OPCON transition: statements and events, 1950 to 2026",
  source = "Compiled for Readout from public pages; every row names its own in source_name and source_url",
  licence = "Apache-2.0 for the compilation and its paraphrases; the sources keep their rights",
  tables = {
    statements = {
      file = "statements.csv",
      roles = { date = "date", speaker = "speaker", text = "text" },
      -- A stance of "none" is a category (the statement is not about OPCON), not a missing value.
      types = { date = "date", text = "text", stance = "string" },
      null = { "" },
    },
    events = {
      file = "events.csv",
      roles = { date = "date", label = "name" },
      -- CAMEO codes begin with zeros that matter.
      types = { date = "date", cameo = "string", latitude = "number", longitude = "number", summary = "text" },
      null = { "" },
    },
  },
}
