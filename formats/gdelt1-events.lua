-- formats/gdelt1-events.lua: events of GDELT 1.0, daily (20130401.export.CSV.zip); files before April 2013 lack SOURCEURL
local later = require "gdelt-events"

-- What version 2.0 added: the second level of administrative regions.
local function is_new(column) return column:find("Geo_ADM2Code", 1, true) ~= nil end

local names, types = {}, {}
for _, name in ipairs(later.names) do
  if not is_new(name) then names[#names + 1] = name end
end
for name, type in pairs(later.types) do
  if not is_new(name) then types[name] = type end
end

return {
  summary = "Events of GDELT 1.0.",
  source = "GDELT Data Format Codebook V1.03 (25 August 2013)",
  delimiter = "\t", quote = false, header = false,
  optional = 1,
  names = names, types = types,
  formats = { SQLDATE = "%Y%m%d", DATEADDED = "%Y%m%d" },
}
