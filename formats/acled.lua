-- formats/acled.lua: events of ACLED, as its export tool and its API write them
return {
  summary = "Political violence and protest events of ACLED.",
  source = "ACLED Codebook (2023)",
  required = { "event_id_cnty", "event_date", "event_type", "actor1", "country", "fatalities" },
  types = {
    year = "integer", time_precision = "integer", iso = "integer", geo_precision = "integer",
    fatalities = "integer",
    latitude = "number", longitude = "number",
    event_id_cnty = "string", disorder_type = "string", event_type = "string", sub_event_type = "string",
    actor1 = "string", assoc_actor_1 = "string", inter1 = "string", actor2 = "string",
    assoc_actor_2 = "string", inter2 = "string", interaction = "string", civilian_targeting = "string",
    region = "string", country = "string", admin1 = "string", admin2 = "string", admin3 = "string",
    location = "string", source = "string", source_scale = "string", tags = "string",
    notes = "text",
  },
}
