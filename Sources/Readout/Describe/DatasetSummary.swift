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
      let rows = "\(ShownNumber.grouped(table.rowCount)) \(ShownNumber.plural("row", table.rowCount))"
      text += "\n\(name): \(rows), \(ShownNumber.counted(table.fields.count, "column")), "
      text += "\(ShownNumber.bytes(table.byteCount)) in memory\n"
      let columns = try TableSummary(table, named: name).report(options)
      text += columns.text(as: .table, options: ReportOptions(tableRows: .max, tableWidth: width, tableLabels: false))
      for (number, field) in table.fields.enumerated() where field.type == .text || field.stem != nil {
        text += Self.words(of: table.columns[number], field)
      }
    }
    return text
  }
}

extension DatasetSummary {
  /// What is known of the words of a column of texts.
  private static func words(of column: Column, _ field: Table.Field) -> String {
    let stems = field.stem.map { ", \($0.name) stems" } ?? ""
    guard let index = column.textIndex.known else { return "words of \(field.name): no index yet\(stems)\n" }
    let (words, different) = (ShownNumber.grouped(index.tokenCount), ShownNumber.grouped(index.vocabulary.count))
    let size = ShownNumber.bytes(index.byteCount)
    return "words of \(field.name): \(words), \(different) different, index of \(size)\(stems)\n"
  }
}
