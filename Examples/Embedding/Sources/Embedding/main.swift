import Readout

// A metric of our own: a value for each row. Its types are the arguments' and the result's.
var metrics = Metrics.standard
metrics.register(metric: "exclamations", parameters: ["text"], summary: "Exclamation marks in a text.") {
  (text: String) in text.count { $0 == "!" }
}

// A table from Swift; `Dataset(opening: "folder")` reads files.
let statements = try Table(columns: [
  "country": ["KOR", "USA", "KOR", nil],
  "text": ["Take it over! Now!", "The conditions must be met.", "We will decide.", "Who said this?!"],
])
let dataset = Dataset(tables: ["statements": statements], metrics: metrics)

let report = try dataset["statements"]
  .where("country ~= nil")
  .by("country")
  .measure("statements = count(), exclamations = sum(exclamations(text))")
  .sort("-statements")
  .collect()

for row in report.rows { print(row["country"], row["statements"], row["exclamations"]) }
