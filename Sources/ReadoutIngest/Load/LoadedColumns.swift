import ReadoutEngine

/// Columns as they were parsed, before strings are looked at again and skipped records are left out.
struct LoadedColumns {
  var columns: [Column]
  var rowCount: Int
  /// In the order of the rows.
  var faults: [Fault]
  /// Whether the column's values looked like more than plain strings.
  var isMixed: [Bool]
}
