import ReadoutVectors

/// A list of terms, as `mentions(text, term, …)` takes them, ready to be found in texts and in the index of a column.
///
/// At each word the term that reaches furthest counts, of several the one that gives more letters, then the first in the
/// list; the search goes on behind it, so that matches do not overlap.
public struct Terms: Sendable {
  /// As they were written; a match names its term by its place here.
  public let terms: [String]
  let matcher: PatternMatcher
  /// A quicker way to the same matches, where all terms are words, phrases, or either with a `*` at the end.
  private let plain: TermMatcher?

  public typealias Match = TermMatcher.Match

  /// - Parameter stem: The language by whose stems words are compared, where a term does not say how they are.
  /// - Throws: a term that cannot be read; its text is the error's value.
  public init(_ terms: [String], stem: Stemmer.Language? = nil) throws(ReadoutError) {
    var parsed: [Term] = []
    for term in terms { parsed.append(try Term(term, stem: stem)) }
    self.terms = terms
    matcher = PatternMatcher(TermList(parsed))
    plain = parsed.allSatisfy(\.isPlain) ? try TermMatcher(terms: terms) : nil
  }

  /// Calls `body` for the matches in a text, in order.
  ///
  /// - Throws: where a regular expression takes too many steps for one of its words; so do the others that look at a text.
  public func forEachMatch(in text: Span<UInt8>, _ body: (Match) -> Void) throws(ReadoutError) {
    guard let plain else {
      for match in try matcher.matches(in: text) { body(match) }
      return
    }
    var at = 0
    while let match = plain.next(in: text, from: at) {
      body(match)
      at = match.range.upperBound
    }
  }

  /// The terms looked up in the index of a column.
  ///
  /// - Throws: where the time of `control` is over, or a regular expression takes too many steps for one of the words.
  public func found(in index: TextIndex, control: ExecutionControl? = nil) throws(ReadoutError) -> IndexedTerms {
    let weights = Vector<Int64>(repeating: 1, count: terms.count)
    guard let found = try IndexedTerms(self, weights: weights, in: index, control: control) else {
      throw matcher.tooManySteps
    }
    return found
  }

  /// How many matches a text has.
  public func count(in text: Span<UInt8>) throws(ReadoutError) -> Int {
    if let plain { return plain.count(in: text) }
    return try matcher.matches(in: text).count
  }

  /// Whether a text has a match.
  public func isFound(in text: Span<UInt8>) throws(ReadoutError) -> Bool {
    if let plain { return plain.next(in: text) != nil }
    return try !matcher.matches(in: text).isEmpty
  }

  /// A kernel over texts that `value` computes by way of terms, each text by itself.
  static func kernel<Element: BitwiseCopyable & Sendable>(
    _ type: DataType, _ all: [Terms], none: Element, _ values: @escaping @Sendable (Vector<Element>) -> Values,
    _ value: @escaping @Sendable (_ text: Span<UInt8>) throws(ReadoutError) -> Element
  ) -> ScalarKernel {
    // Words and phrases alone are found faster than the clock need be looked at.
    let patterns = all.filter { $0.plain == nil }
    var kernel = StringKernel.kernel(type, canFail: patterns.contains(where: \.matcher.hasExpressions)) {
      (texts, rows) throws(ReadoutError) in
      var found = MutableVector<Element>(repeating: none, count: texts.count)
      for row in 0..<texts.count where rows.isPresent(row) {
        do throws(ReadoutError) { found[row] = try texts.withBytes(row, value) } catch {
          throw error.about(row: rows.rowNumber(row))
        }
      }
      return values(found.freeze())
    }
    kernel.bytesBetweenLooks =
      patterns.map(\.matcher.bytesBetweenLooks).min() ?? ScalarKernel.usualBytesBetweenLooks
    return kernel
  }

  /// How a query with these terms goes through texts.
  var scan: IndexPolicy.Scan { plain.map { $0.isSearch ? .search : .words } ?? .patterns }
}
