return { title = "T", source = "s", licence = "l", tables = {
  statements = { file = "a.csv", roles = { date = "date" }, types = { topics = "list" }, null = { "", "NA" } },
  events = { file = "e-*.csv.gz", delimiter = ";", header = false, names = { "a", "b" }, formats = { a = "%d/%m/%Y" }, on_error = "skip" } } }
