import ReadoutEngine
import ReadoutReport

/// What a dataset holds, for people.
struct DatasetSummary {
  let dataset: Dataset
  /// The tables to describe.
  let tables: [String]

  /// Title and licence, then each table's rows, bytes and columns. O(rows) for each column.
  func text(width: Int?, options: ExecutionOptions) throws(ReadoutError) -> String {
    var text = dataset.description.title.map { "\($0)\n" } ?? "\(dataset.name)\n"
    if let source = dataset.description.source { text += "source: \(source)\n" }
    if let licence = dataset.description.licence { text += "licence: \(licence)\n" }
    for name in tables {
      let table = try dataset.load(name).table
      let rows = AlignedNumber.grouped(table.rowCount)
      text += "\n\(name): \(rows) row\(table.rowCount == 1 ? "" : "s"), \(table.fields.count) columns, "
      text += "\(AlignedNumber.bytes(table.byteCount)) in memory\n"
      let columns = try TableSummary(table, named: name).report(options)
      text += columns.text(as: .table, options: ReportOptions(tableRows: .max, tableWidth: width, tableLabels: false))
    }
    return text
  }
}

enum AlignedNumber {
  /// `1,234,567`
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// `1.5 MB`, in powers of 1000.
  static func bytes(_ count: Int) -> String {
    for (limit, unit) in [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")] where Double(count) >= limit {
      return "\((Double(count) / limit * 10).rounded() / 10) \(unit)"
    }
    return "\(count) bytes"
  }
}
