import Readout
import Testing

@Suite struct DatasetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aFolderWithoutADescription() throws {
    try folder.write("statements.csv", "country,n\nKOR,1\nUSA,2\n")
    try folder.write("events.tsv", "name\tdate\nSCM\t2025-11-04\n")
    try folder.write("notes.md", "not data")
    let dataset = try Dataset(opening: folder.path)
    #expect(dataset.tableNames == ["events", "statements"])
    #expect(try dataset["events"].collect().rows[0]["date"].description == "2025-11-04")
    #expect(try dataset["statements"].measure("n = sum(n)").collect().rows[0]["n"] == 3)
  }

  @Test func oneFileIsOneTable() throws {
    let path = try folder.write("events-2025.csv", "a\n1\n")
    let dataset = try Dataset(opening: path)
    #expect(dataset.tableNames == ["events-2025"])
    #expect(try dataset[dataset.onlyTable].collect().rowCount == 1)
  }

  @Test func aPatternIsOneTable() throws {
    try folder.write("events-1.csv", "a\n1\n")
    try folder.write("events-2.csv", "a\n2\n")
    let dataset = try Dataset(opening: "\(folder.path)/events-*.csv")
    #expect(try dataset["events"].measure("n = sum(a)").collect().rows[0]["n"] == 3)
  }

  @Test func anUnknownTableListsTheTables() throws {
    try folder.write("statements.csv", "a\n1\n")
    let error = #expect(throws: ReadoutError.self) { _ = try Dataset(opening: folder.path)["statment"] }
    #expect(error?.message == "unknown table")
    #expect(error?.hint == "did you mean statements?")
    #expect(error?.blame == .request)
  }

  @Test func placesWithoutData() throws {
    #expect(throws: ReadoutError.self) { _ = try Dataset(opening: "\(folder.path)/nothing.csv") }
    let empty = #expect(throws: ReadoutError.self) { _ = try Dataset(opening: folder.path) }
    #expect(empty?.message == "no data files in this folder")
    try folder.write("a.csv", "x\n1\n")
    try folder.write("a.tsv", "x\n1\n")
    let twice = #expect(throws: ReadoutError.self) { _ = try Dataset(opening: folder.path) }
    #expect(twice?.value == "a")
  }

  @Test func theLongestPathThatExistsIsTheDataset() throws {
    let file = try folder.write("data/statements.csv", "a\n1\n")
    let location = try DatasetLocation("\(folder.path)/data/statements")
    #expect(location.dataset == "\(folder.path)/data" && location.table == "statements")
    #expect(try DatasetLocation(file).table == nil)
    #expect(try DatasetLocation("\(file)/statements").table == "statements")
    #expect(try DatasetLocation("\(folder.path)/data/").dataset == "\(folder.path)/data")
    #expect(try DatasetLocation("-").dataset == "-")
    #expect(try DatasetLocation("\(folder.path)/data/nothing").table == "nothing")
    #expect(throws: ReadoutError.self) { try DatasetLocation("\(folder.path)/data/nothing.csv") }
    #expect(throws: ReadoutError.self) { try DatasetLocation("\(folder.path)/nothing/statements") }
  }

  @Test func tablesFromSwift() throws {
    let table = try Table(columns: ["country": ["KOR", "USA", nil], "n": [1, 2.5, nil]])
    let dataset = Dataset(tables: ["statements": table])
    let report = try dataset["statements"].where("n > 1").collect()
    #expect(report.rows.map { "\($0["country"]) \($0["n"])" } == ["USA 2.5"])
  }
}
