import ReadoutVectors

/// When the words of a column are worth an index.
///
/// Costs are in bytes of building: cutting and numbering a byte of text costs 1, going through it with few words 1/15 to 1/4, with
/// many terms about 1, with patterns that look at each word more than 1. An index is built where a query alone would cost
/// half of it, and for the second query in any case: whoever asks twice asks more. Costs are counted, not timed, so that the
/// same queries take the same way on every machine.
enum IndexPolicy {
  /// What a query costs for each byte of text when it scans.
  enum Scan {
    /// Jumps to the places where one of few words may stand.
    case search
    /// Looks at every word.
    case words
    /// Tries patterns at every word.
    case patterns
  }

  /// Makes the index of a column that needs one for this query, unless memory is short.
  static func prepare(_ column: Column, for scan: Scan, options: ExecutionOptions) throws(ReadoutError) {
    guard column.dictionary == nil, column.textIndex.known == nil else { return }
    let bytes = column.storedByteCount
    guard column.textIndex.noteScan() || (scan != .search && bytes > smallest) else { return }
    guard !MemoryAccount.wouldExceed(adding: 2 * bytes) else { return }
    _ = try TextIndex.of(column, options: options)
  }

  /// Whether all of a column of `whole` bytes is indexed for a query that reads a part of `own` bytes: where the part is a
  /// quarter or more, and for the second part in any case.
  static func isWorthWhole(_ whole: Int, for own: Int, wasAsked: Bool) -> Bool {
    (wasAsked || whole <= 4 * own) && !MemoryAccount.wouldExceed(adding: 2 * whole)
  }

  /// Bytes below which one query is over before an index is worth a thought.
  private static let smallest = 1 << 16
}
