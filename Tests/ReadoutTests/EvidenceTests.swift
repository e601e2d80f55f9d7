import Readout
import ReadoutEngine
import Testing

@Suite struct EvidenceTests {
  @Test func aRowOpensToTheRowsBehindIt() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("s.csv", "k,x\na,1\nb,2\n\na,3\n,4\n")
    let query = try Dataset(opening: path)["s"].where("x ~= 1").by("k").measure("n = count(), x = sum(x)")
    let behind = try query.evidence(behind: 0)
    #expect(behind.names == ["source_file", "source_line", "k", "x"])
    #expect(behind.rows.map { $0["source_line"] } == [5])
    #expect(try query.evidence(behind: 2).rows.map { $0["x"] } == [4])
    for row in [-1, 3] {
      #expect(throws: ReadoutError.self) { try query.evidence(behind: row) }
    }
  }

  @Test func tablesFromSwiftHaveRowNumbers() throws {
    let table = try Table(columns: ["k": ["a", "b", "a"], "source_row": [7, 8, 9]])
    var metrics = Metrics.standard
    metrics.register(metric: "twice") { (text: String) -> String in text + text }
    let query = try Dataset(tables: ["t": table], metrics: metrics)["t"].by("kk = twice(k)").measure("n = count()")
    let behind = try query.evidence(behind: 0)
    #expect(behind.names == ["source_row_", "k", "source_row"])
    #expect(behind.rows.map { $0["source_row_"] } == [1, 3])
    #expect(try query.sort("-n").limit(1, skip: 1).evidence(behind: 0).rows.map { $0["source_row"] } == [8])
  }

  @Test func aFileThatChangedHasNoLines() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("s.csv", "k\na\nb\n")
    let query = try Dataset(opening: path)["s"].by("k")
    _ = try query.collect()
    _ = try folder.write("s.csv", "k\na\nb\nc\n")
    let error = #expect(throws: ReadoutError.self) { try query.evidence(behind: 0) }
    #expect(error?.message == "the file has changed since it was read" && error?.blame == .data)
  }
}
