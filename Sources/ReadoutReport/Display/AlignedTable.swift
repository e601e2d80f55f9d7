import ReadoutEngine

/// A table for people: names, types under them, a rule, then rows; numbers stand to the right, nulls show as `null`.
///
/// ```
/// country  statements  support
/// string      integer   number
/// -------  ----------  -------
/// KOR              12     0.25
/// … 1,234 more rows (1 of 1,235 shown)
/// ```
struct AlignedTable {
  private let table: Table
  private let shownRows: Int
  private let width: Int?
  private let hasLabels: Bool

  init(_ table: Table, _ options: ReportOptions) {
    self.table = table
    self.shownRows = max(0, min(options.tableRows, table.rowCount))
    self.width = options.tableWidth
    self.hasLabels = options.tableLabels
  }

  /// The lines, each with its line end. O(rows shown).
  var text: String {
    let columns = table.fields.indices.map { ShownColumn(table, $0, rows: shownRows, hasType: hasLabels) }
    let fitted = ColumnFit(columns.map { (natural: $0.naturalWidth, least: $0.leastWidth) }, width: width)
    let shown = zip(columns, fitted.widths).map { (column: $0, width: $1) }
    var text = ""
    if !shown.isEmpty {
      text += line(shown.map { $0.column.cell($0.column.name, width: $0.width) })
      if hasLabels { text += line(shown.map { $0.column.cell($0.column.type, width: $0.width) }) }
      text += line(shown.map { String(repeating: "-", count: $0.width) })
      for row in 0..<shownRows {
        text += line(shown.map { $0.column.cell($0.column.cells[row], width: $0.width) })
      }
    }
    return text + footer(hidden: Array(table.names[shown.count...]))
  }

  /// One line, without blanks at its end.
  private func line(_ cells: [String]) -> String {
    var line = cells.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func footer(hidden: [String]) -> String {
    let total = table.rowCount
    var text = ""
    if shownRows < total {
      let rest = total - shownRows
      text =
        "… \(ShownNumber.grouped(rest)) more \(ShownNumber.plural("row", rest)) "
        + "(\(ShownNumber.grouped(shownRows)) of \(ShownNumber.grouped(total)) shown)\n"
    } else if hasLabels {
      text = "\(ShownNumber.grouped(total)) \(ShownNumber.plural("row", total))\n"
    }
    if !hidden.isEmpty {
      let names = hidden.map { ShownCell.line($0) }.joined(separator: ", ")
      let all = "… \(hidden.count) more \(ShownNumber.plural("column", hidden.count)): \(names)"
      let isCut = width.map { DisplayWidth.of(all) > $0 } ?? false
      text += (isCut ? DisplayWidth.prefix(of: all, width: width! - 1) + "…" : all[...]) + "\n"
    }
    return text
  }
}
