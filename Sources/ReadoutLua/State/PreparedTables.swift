import ReadoutEngine

/// The lexicons that the scripts of one state wrote down as tables, those used last: `lexicon(text, { good = 1, bad = -1 })`.
///
/// A table is known again by what it holds, in the order in which Lua lists it: O(terms) a call. One that a script fills
/// anew for each text is the same lexicon.
struct PreparedTables {
  /// Lexicons kept; a metric uses one or two.
  private static let capacity = 4
  /// Bytes of the terms. Preparing them takes many times their own memory, which no state is charged for.
  static let longest = 128 << 10

  private var known: [(terms: [[UInt8]], weights: [Double], scorer: any TextScorer)] = []

  mutating func scorer(
    _ terms: HostStrings, _ weights: Span<Double>, _ functions: any TextFunctions
  ) throws(ReadoutError) -> any TextScorer {
    for entry in known where Self.isSame(entry.weights, weights) && terms.matches(entry.terms, from: 0) {
      return entry.scorer
    }
    let entries = (0..<terms.count).map { (term: terms.string($0), weight: weights[$0]) }
    let scorer = try Self.scorer(entries, functions)
    if known.count == Self.capacity { known.removeFirst() }
    known.append((terms.key(from: 0), weights.indices.map { weights[$0] }, scorer))
    return scorer
  }

  private static func isSame(_ a: [Double], _ b: Span<Double>) -> Bool {
    guard a.count == b.count else { return false }
    for place in b.indices where a[place].bitPattern != b[place].bitPattern { return false }
    return true
  }

  /// The lexicon of a table. Its terms are put in order: a Lua table has none, and of terms that differ in case only the first
  /// counts.
  static func scorer(
    _ entries: [(term: String, weight: Double)], _ functions: any TextFunctions
  ) throws(ReadoutError) -> any TextScorer {
    let bytes = entries.reduce(0) { $0 + $1.term.utf8.count }
    guard bytes <= longest else {
      throw ReadoutError(
        .request, "a lexicon of \(bytes) bytes in a table", hint: "at most \(longest); write it to lexicons/NAME.csv")
    }
    return try functions.lexicon(of: entries.sorted { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) })
  }
}
