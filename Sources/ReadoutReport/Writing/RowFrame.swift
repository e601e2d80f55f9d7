import ReadoutVectors

/// What stands around the cells: constant bytes before the rows, before each cell, after a row and after them all.
struct RowFrame {
  /// Before the first row.
  var head: [UInt8]
  /// Before each cell; the first one begins the row.
  var leads: [[UInt8]]
  /// After the last cell of a row.
  var rowEnd: [UInt8]
  /// Between two rows.
  var betweenRows: [UInt8] = []
  /// After the last row.
  var tail: [UInt8] = []

  /// `leads` in one block.
  var packedLeads: StringVector {
    var builder = StringVectorBuilder()
    for lead in leads { builder.append(lead.span) }
    return builder.freeze()
  }
}
