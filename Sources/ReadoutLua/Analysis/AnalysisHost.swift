import ReadoutEngine

/// What an analysis needs from outside of Lua: files, the engine and the output. The facade implements it.
///
/// Called on the thread that runs the analysis, one call at a time. Errors travel through the script and come out
/// unchanged where it does not catch them; file, line and step are filled in where they are missing.
public protocol AnalysisHost: AnyObject {
  /// Opens the dataset of `open(path, options)`; its tables need not be read yet.
  func open(_ path: String, options: LuaData) throws(ReadoutError) -> any AnalysisDataset
  /// The bytes of a file that an option names, such as a list of stop words.
  func contents(ofFile path: String) throws(ReadoutError) -> [UInt8]
  /// A table that `dataset { … }` made of Lua rows, or that a Lua function added a column to, as a query without steps.
  func query(of table: Table, named name: String) -> Query
  /// The rows of a query.
  func run(_ query: Query) throws(ReadoutError) -> Table
  /// The rows of the query's source, or of the table of that name which it joined, behind row `row` of its answer, counted from 0, with where they
  /// stand in their files.
  func evidence(behind row: Int, of query: Query, table: String?) throws(ReadoutError) -> Table
  /// The plan of a query as text; `running` runs it, and tells how often metrics were called.
  func explain(_ query: Query, running: Bool) throws(ReadoutError) -> String
  /// Writes the report of `q:csv(path, options)`; `format` is the method's name, one of `AnalysisRunner.formats`.
  /// `query` is where `table` came from.
  func write(
    _ table: Table, of query: Query, as format: String, to path: String, options: LuaData
  ) throws(ReadoutError)
  /// The aligned table of `print(q)` and `q:print(rows)`, without a line end after the last line.
  func render(_ table: Table, rows: Int?) throws(ReadoutError) -> String
  /// Takes what the script prints, line ends included.
  func print(_ text: String)
}

/// A dataset that an analysis has opened.
public protocol AnalysisDataset: AnyObject {
  /// The names of its tables, in order.
  var tableNames: [String] { get }
  /// A table as a query without steps; an unknown name is an error that lists the tables.
  func query(_ table: String) throws(ReadoutError) -> Query
}
