import ReadoutEngine
import ReadoutReport

extension Session {
  /// What `readout describe` prints: a dataset with all its tables, or one of them.
  public func describe(_ location: String, reading: String? = nil, width: Int?) throws(ReadoutError) -> String {
    let location = try DatasetLocation(location)
    let dataset = try open(location.dataset, reading: self.options(reading, of: location.dataset))
    let tables = location.table.map { [$0] } ?? dataset.tableNames
    return try DatasetSummary(dataset: dataset, tables: tables)
      .text(width: width ?? ReportOptions.defaultTableWidth, options: execution)
  }
}
