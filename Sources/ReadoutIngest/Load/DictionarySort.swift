import ReadoutEngine
import ReadoutVectors

/// The strings of a dictionary in code point order, so that comparing codes is comparing strings.
///
/// Codes are mapped at the end of a load in any case, where several workers gave them; what sorting adds is the sort itself. It is done
/// where that is a small part of the load: for few strings, or where each stands for many rows.
struct DictionarySort {
  let strings: StringVector
  /// For each code before its new one.
  let ranks: Vector<UInt32>

  /// Strings that are always sorted.
  static let alwaysSorted = 64
  /// The most strings that are sorted.
  static let mostSorted = 1 << 16
  /// Rows a string from which on sorting takes less than a fiftieth of the load.
  static let rowsOfString = 256

  /// nil where sorting would cost too much.
  init?(_ strings: StringVector, rows: Int) {
    let count = strings.count
    guard count <= Self.alwaysSorted || (count <= Self.mostSorted && count <= rows / Self.rowsOfString) else {
      return nil
    }
    // By the first eight bytes as a number; only those that have these in common are compared as strings.
    var keys = (0..<count).map { code in
      (prefix: strings.withBytes(code) { Self.prefix($0) }, code: UInt32(truncatingIfNeeded: code))
    }
    keys.sort { a, b in
      a.prefix != b.prefix
        ? a.prefix < b.prefix : StringVector.compare(strings, Int(a.code), strings, Int(b.code)) < 0
    }
    var builder = StringVectorBuilder()
    var ranks = MutableVector<UInt32>(repeating: 0, count: count)
    for (rank, key) in keys.enumerated() {
      strings.withBytes(Int(key.code)) { builder.append($0) }
      ranks[Int(key.code)] = UInt32(truncatingIfNeeded: rank)
    }
    self.strings = builder.freeze()
    self.ranks = ranks.freeze()
  }

  /// The first eight bytes, the first one the highest; zeros behind a shorter string's, which has no NUL.
  private static func prefix(_ string: Span<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for i in 0..<min(8, string.count) { prefix |= UInt64(string[i]) << UInt64(56 - 8 * i) }
    return prefix
  }
}
