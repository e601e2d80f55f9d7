import ReadoutEngine
import ReadoutVectors

/// One column of one chunk as a worker leaves it.
enum ParsedColumn: Sendable {
  /// In its final form.
  case chunk(ColumnChunk, DataType)
  /// Codes of one interner; the strings that were new in this chunk are its codes `fresh`.
  case codes(NarrowCodes, validity: Bitmap?, interner: Int, fresh: Range<Int>)
  case lists(
    starts: Vector<UInt32>, ends: Vector<UInt32>, items: NarrowCodes, validity: Bitmap?, interner: Int,
    fresh: Range<Int>)
  /// So many rows without a value.
  case nulls(Int)
  /// A value broke the type that the column was parsed with; it must be parsed again.
  case broken

  var type: DataType? {
    switch self {
    case .chunk(_, let type): type
    case .codes: .string
    case .lists: .list
    case .nulls, .broken: nil
    }
  }

  /// Whether it serves a column of type `type`, as it is or widened.
  func isUsable(as type: DataType) -> Bool {
    switch self {
    case .broken: false
    case .nulls: true
    default:
      self.type == type || (self.type == .integer && type == .number) || (self.type == .date && type == .timestamp)
    }
  }
}

/// The columns of one chunk, and what did not fit.
struct ParsedChunk: Sendable {
  var columns: [ParsedColumn]
  var faults: [Fault]
}
