import ReadoutEngine
import ReadoutVectors

/// What may be asked of a report beside its format.
public struct ReportOptions: Sendable, Equatable {
  /// Begins CSV and TSV with a byte order mark, by which spreadsheet programs know UTF-8.
  public var byteOrderMark: Bool
  /// In CSV and TSV, puts an apostrophe before texts that begin with `=`, `+`, `-`, `@`, a tab or a carriage return, so
  /// that spreadsheet programs do not run them as formulas. Numbers are left alone.
  public var disarm: Bool
  /// How many rows the aligned table shows at most.
  public var tableRows: Int
  /// Whether the aligned table has the types under the names, and the number of rows at its end.
  public var tableLabels: Bool
  /// How many columns of the terminal the aligned table may take; nil is without limit.
  public var tableWidth: Int?
  /// Threads that format; the bytes do not depend on it.
  public var threads: Int

  /// Rows of an aligned table where nothing else is asked for.
  public static let defaultTableRows = 20
  /// Columns of an aligned table where there is no terminal to ask.
  public static let defaultTableWidth = 120

  /// All processors.
  public static var defaultThreads: Int { Processors.count }

  public init(
    byteOrderMark: Bool = false, disarm: Bool = false, tableRows: Int = defaultTableRows,
    tableWidth: Int? = defaultTableWidth, tableLabels: Bool = true,
    threads: Int = defaultThreads
  ) {
    self.byteOrderMark = byteOrderMark
    self.disarm = disarm
    self.tableRows = tableRows
    self.tableWidth = tableWidth
    self.tableLabels = tableLabels
    self.threads = ExecutionOptions.allowed(threads: threads)
  }
}
