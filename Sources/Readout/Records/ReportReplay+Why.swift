import ReadoutEngine
import ReadoutReport
import ReadoutVectors

extension ReportReplay {
  /// The rows behind a row of the report.
  public struct Evidence: Sendable {
    public let report: Report
    /// The tables whose rows were joined to these: `why` opens them as well.
    public let joinedTables: [String]
    /// What there is to say about how the report and the one made now differ.
    public let warnings: [String]
  }

  /// Which row of a report is meant.
  public enum WantedRow: Sendable {
    /// Counted from 1, the header left out.
    case number(Int)
    /// The one with these values, as the report writes them.
    case values([(column: String, text: String)])

    /// `3`, or one `column=value` and more.
    public init(_ texts: [String]) throws(ReadoutError) {
      if texts.count == 1, let number = Int(texts[0]) {
        self = .number(number)
        return
      }
      var values: [(column: String, text: String)] = []
      for text in texts {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
          throw ReadoutError(
            .request, "a row is a number, or values of its columns", value: text, hint: "3, or country=KOR year=2025")
        }
        values.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
      }
      self = .values(values)
    }
  }

  /// Runs again what made the report and opens one of its rows: to the rows of the table that its query began with, or of one that was
  /// joined, `table`.
  public func why(
    _ wanted: WantedRow, of joined: String? = nil, session make: (Setup) -> Session
  ) throws(ReadoutError) -> Evidence {
    let found = Found()
    let expected = sidecar.report.sha256
    let new = try run(make) { (table, query, format, options) throws(ReadoutError) in
      found.isSame = Report(table).digest(as: format, options: options).sha256 == expected
      // What is wrong with the row is no error of the script, which might catch it.
      found.outcome = Result { () throws(ReadoutError) in
        try query.evidenceTable(behind: try Self.row(wanted, of: table), of: joined, .standard)
      }
      found.joinedTables = query.joinedTables
    }
    guard let table = try found.outcome?.get() else { throw .bug("a replay without a report") }
    let warnings =
      found.isSame
      ? []
      : ["made again, the report is not the same; these are the rows behind the new one (readout verify compares them)"]
    return Evidence(report: Report(table), joinedTables: found.joinedTables, warnings: new + warnings)
  }

  private static func row(_ wanted: WantedRow, of table: Table) throws(ReadoutError) -> Int {
    switch wanted {
    case .number(let number):
      guard number >= 1, number <= table.rowCount else {
        throw ReadoutError(
          .request, "no such row", value: "\(number)",
          hint: table.rowCount == 0 ? "the report has no rows" : "rows are numbered from 1 to \(table.rowCount)")
      }
      return number - 1
    case .values(let values):
      return try RowFinder(table).row(where: values.map { ($0.column, .text($0.text)) })
    }
  }

  private final class Found {
    var outcome: Result<Table, ReadoutError>?
    var joinedTables: [String] = []
    var isSame = false
  }
}
