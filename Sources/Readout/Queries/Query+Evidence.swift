import ReadoutEngine
import ReadoutReport
import ReadoutVectors

extension Query {
  /// The rows of the table that the query began with behind one row of its answer, in their order.
  ///
  /// ```swift
  /// let byCountry = try opcon["statements"].by("country").measure("n = count()")
  /// let behind = try byCountry.evidence(behind: 0)      // the statements of the first country
  /// ```
  ///
  /// The report has the table's columns, and before them `source_file` and `source_line`, where the rows stand in the files
  /// they were read from; `source_row`, their numbers from 1, where they were not read from files. The query runs once more.
  /// - Parameter row: The row's number in the answer, counted from 0.
  /// - Throws: `ReadoutError` where there is no such row, and for a step that cannot be traced.
  public func evidence(
    behind row: Int, _ options: ExecutionOptions = .standard
  ) throws(ReadoutError) -> Report {
    let count = try collect(options).rowCount
    guard row >= 0, row < count else {
      throw ReadoutError(
        .request, "no such row", value: "\(row)",
        hint: count == 0 ? "there are no rows" : "rows are numbered from 0 to \(count - 1)")
    }
    return Report(try evidenceTable(behind: row, options))
  }

  /// The same for a row that is known to be there.
  func evidenceTable(behind row: Int, _ options: ExecutionOptions) throws(ReadoutError) -> Table {
    var query = try loadingMetrics()
    var rows = try Evidence.rows(
      behind: Vector([UInt32(truncatingIfNeeded: row)]), of: query, options: options)
    while let origin = query.origin {
      query = try origin.query.loadingMetrics()
      rows = try Evidence.rows(behind: rows, of: query, options: options)
    }
    return try Evidence.table(of: rows, in: query, options: options)
  }
}
