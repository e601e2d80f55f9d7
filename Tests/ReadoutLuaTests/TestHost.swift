import ReadoutEngine
import ReadoutVectors

@testable import ReadoutLua

/// A host with one dataset in memory; what scripts print and write is kept.
final class TestHost: AnalysisHost {
  var printed = ""
  var written: [String] = []
  var runs = 0
  var threads = 2
  /// The table `statements` of the dataset.
  var table = statements

  func evidence(behind row: Int, of query: Query, table: String?) throws(ReadoutError) -> Table {
    let options = ExecutionOptions(threads: threads)
    let rows = try Evidence.rows(behind: Vector([UInt32(row)]), of: query, options: options)
    return try Evidence.table(of: rows, in: query, options: options)
  }

  func contents(ofFile path: String) throws(ReadoutError) -> [UInt8] { throw .bug("no files here") }

  final class Dataset: AnalysisDataset {
    let tables: [(String, Table)]
    init(_ tables: [(String, Table)]) { self.tables = tables }
    var tableNames: [String] { tables.map(\.0) }
    func query(_ table: String) throws(ReadoutError) -> Query {
      guard let found = tables.first(where: { $0.0 == table }) else {
        throw ReadoutError(
          .request, "unknown table", value: table,
          hint: Suggestion.hint(for: table, among: tableNames, kind: "tables"))
      }
      return Query(found.1, named: table)
    }
  }

  static let statements: Table = {
    let columns: [(String, Values)] = [
      ("country", Values(coded: ["KOR", "USA", "KOR", nil, "USA", "KOR"])),
      ("tone", Values([.number(1), .number(-0.5), .null, .number(2), .number(0), .number(-3)], .number)),
      ("n", Values((1...6).map { .integer($0) }, .integer)),
      ("date", Values((0..<6).map { .date(20_000 + $0) }, .date)),
      ("text", Values(["a b", "b", "", "c d e", "a", "b b"].map { .string($0) }, .text)),
    ]
    return Table(
      fields: columns.map { Table.Field($0.0, $0.1.type) }, columns: columns.map { Column(encoding: $0.1) }, rowCount: 6
    )
  }()

  func open(_ path: String, options: LuaData) throws(ReadoutError) -> any AnalysisDataset {
    guard path == "data" else { throw ReadoutError(.data, "nothing there", value: path) }
    return Dataset([("statements", table)])
  }

  func query(of table: Table, named name: String) -> Query { Query(table, named: name) }

  func run(_ query: Query) throws(ReadoutError) -> Table {
    runs += 1
    return try Executor.run(query, options: ExecutionOptions(threads: threads))
  }

  func explain(_ query: Query, running: Bool) throws(ReadoutError) -> String {
    try running ? Executor.explain(query, running: ExecutionOptions(threads: threads)) : Executor.explain(query)
  }

  func write(
    _ table: Table, of query: Query, as format: String, to path: String, options: LuaData
  ) throws(ReadoutError) {
    guard path != "/etc/passwd" else { throw ReadoutError(.request, "outside of the reports", value: path) }
    written.append("\(format) \(path) \(table.rowCount)")
  }

  func render(_ table: Table, rows: Int?) throws(ReadoutError) -> String {
    "[\(table.names.joined(separator: " ")): \(rows.map { min($0, table.rowCount) } ?? table.rowCount)]"
  }

  func print(_ text: String) { printed += text }
}

/// Runs a script; gives what it printed.
func output(_ source: String, _ host: TestHost = TestHost(), limits: LuaLimits = LuaLimits()) throws(ReadoutError)
  -> String
{
  let runner = AnalysisRunner(host: host, limits: limits, text: FixedText())
  try runner.run(
    source: source, file: "analyses/test.lua", arguments: ["one", "two"], settings: [("month", "2025-01")])
  return host.printed
}
