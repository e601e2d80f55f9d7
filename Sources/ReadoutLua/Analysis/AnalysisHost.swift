import ReadoutEngine

/// What an analysis needs from outside of Lua: files, the engine and the output. The facade implements it.
///
/// Called on the thread that runs the analysis, one call at a time. Errors travel through the script and come out
/// unchanged where it does not catch them; place and step are filled in where they are missing.
public protocol AnalysisHost: AnyObject {
  /// The tables of `open(path, options)`, in the dataset's order.
  func open(_ path: String, options: LuaData) throws(ReadoutError) -> [AnalysisTable]
  /// The table that `dataset { … }` made of Lua rows, as a query without steps.
  func query(of table: Table, named name: String) -> Query
  /// The rows of a query.
  func run(_ query: Query) throws(ReadoutError) -> Table
  /// The plan of a query as text.
  func explain(_ query: Query) throws(ReadoutError) -> String
  /// Writes a report. `query` is where `table` came from.
  func write(
    _ table: Table, of query: Query, as format: ReportFormat, to path: String, options: LuaData
  ) throws(ReadoutError)
  /// The aligned table of `print(q)`, without a line end after the last line.
  func render(_ table: Table, rows: Int?) -> String
  /// Takes what the script prints, line ends included.
  func print(_ text: String)
}

/// One table of an opened dataset.
public struct AnalysisTable: Sendable {
  public var name: String
  public var query: Query

  public init(_ name: String, _ query: Query) {
    self.name = name
    self.query = query
  }
}

/// The formats of a report, by the name of the method that writes it.
public enum ReportFormat: String, Sendable, CaseIterable {
  case csv, tsv, json, jsonl, markdown, arrow
}
