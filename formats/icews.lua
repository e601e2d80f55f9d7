-- formats/icews.lua: coded events of ICEWS, a year or a week a file (events.2018.*.tab)
return {
  summary = "Coded events of ICEWS.",
  source = "ICEWS Coded Event Data, Harvard Dataverse",
  delimiter = "\t",
  names = {
    "event_id", "event_date", "source_name", "source_sectors", "source_country", "event_text", "cameo_code",
    "intensity", "target_name", "target_sectors", "target_country", "story_id", "sentence_number",
    "publisher", "city", "district", "province", "country", "latitude", "longitude",
  },
  types = {
    event_id = "integer", story_id = "integer", sentence_number = "integer",
    event_date = "date",
    intensity = "number", latitude = "number", longitude = "number",
    source_name = "string", source_sectors = "string", source_country = "string", event_text = "string",
    cameo_code = "string", target_name = "string", target_sectors = "string", target_country = "string",
    publisher = "string", city = "string", district = "string", province = "string", country = "string",
  },
  null = { "", "NA" },
}
