-- formats/ucdp-ged.lua: the Georeferenced Event Dataset of UCDP (GEDEvent_v25_1.csv)
return {
  summary = "Events of organised violence, the Georeferenced Event Dataset of UCDP.",
  source = "UCDP GED Codebook version 25.1",
  required = { "id", "relid", "type_of_violence", "side_a", "side_b", "date_start", "best" },
  types = {
    id = "integer", year = "integer", type_of_violence = "integer", date_prec = "integer",
    where_prec = "integer", event_clarity = "integer", best = "integer", high = "integer", low = "integer",
    deaths_a = "integer", deaths_b = "integer", deaths_civilians = "integer", deaths_unknown = "integer",
    date_start = "timestamp", date_end = "timestamp",
    latitude = "number", longitude = "number",
    relid = "string", conflict_name = "string", dyad_name = "string", side_a = "string", side_b = "string",
    country = "string", region = "string", adm_1 = "string", adm_2 = "string", where_coordinates = "string",
    source_article = "text", where_description = "text",
  },
}
