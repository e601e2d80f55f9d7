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
  /// - Parameters:
  ///   - row: The row's number in the answer, counted from 0.
  ///   - table: One of `joinedTables`: its rows are given, and not those of the table that the query began with.
  /// - Throws: `ReadoutError` where there is no such row or table, and for a step that cannot be traced.
  public func evidence(
    behind row: Int, of table: String? = nil, _ options: ExecutionOptions = .standard
  ) throws(ReadoutError) -> Report {
    let count = try collect(options).rowCount
    guard row >= 0, row < count else {
      throw ReadoutError(
        .request, "no such row", value: "\(row)",
        hint: count == 0 ? "there are no rows" : "rows are numbered from 0 to \(count - 1)")
    }
    return Report(try evidenceTable(behind: row, of: table, options))
  }

  /// The tables whose rows `join`, `near` and `asof` put beside those of the query's own, by the names that `evidence` knows them
  /// by: the second of one name is `events 2`.
  public var joinedTables: [String] { joined.map(\.name) }

  /// The same for a row that is known to be there.
  func evidenceTable(
    behind row: Int, of table: String? = nil, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    var partner = try table.map { (name) throws(ReadoutError) in try joinedTable(name) }
    var query = try loadingMetrics()
    var rows = Vector([UInt32(truncatingIfNeeded: row)])
    while true {
      if let found = partner, found.depth == 0 {
        rows = try Evidence.rows(ofPartner: found.number, behind: rows, of: query, options: options)
        query = query.partners[found.number]
        partner = nil
      }
      rows = try Evidence.rows(behind: rows, of: query, options: options)
      guard let origin = query.origin else { return try Evidence.table(of: rows, in: query, options: options) }
      query = try origin.query.loadingMetrics()
      partner?.depth -= 1
    }
  }

  /// A table that was joined: by the query that its source came from `depth` queries back, as number `number` of its partners.
  private struct Joined {
    var name: String
    var depth: Int
    var number: Int
  }

  private var joined: [Joined] {
    var all: [Joined] = []
    var (query, depth) = (self, 0)
    while true {
      all = query.partners.enumerated().map { Joined(name: $1.tableName, depth: depth, number: $0) } + all
      guard let origin = query.origin else { break }
      (query, depth) = (origin.query, depth + 1)
    }
    var times: [String: Int] = [:]
    for index in all.indices {
      let name = all[index].name
      times[name, default: 0] += 1
      if times[name]! > 1 { all[index].name = "\(name) \(times[name]!)" }
    }
    return all
  }

  private func joinedTable(_ name: String) throws(ReadoutError) -> Joined {
    let all = joined
    if let found = all.first(where: { $0.name == name }) { return found }
    throw ReadoutError(
      .request, "no such table was joined", value: name,
      hint: all.isEmpty
        ? "the query has no join, near or asof"
        : Suggestion.hint(for: name, among: all.map(\.name), kind: "joined tables"))
  }
}
