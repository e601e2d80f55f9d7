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
  public func forEachMatch(in text: Span<UInt8>, _ body: (Match) -> Void) {
    guard let plain else {
      for match in matcher.matches(in: text) { body(match) }
      return
    }
    var at = 0
    while let match = plain.next(in: text, from: at) {
      body(match)
      at = match.range.upperBound
    }
  }

  /// The first match at or after `index`: 0, or the end of the match before. `forEachMatch` is quicker for all of them.
  public func next(in text: Span<UInt8>, from index: Int = 0) -> Match? {
    if let plain { return plain.next(in: text, from: index) }
    return matcher.matches(in: text).first { $0.range.lowerBound >= index }
  }

  /// The terms looked up in the index of a column.
  ///
  /// - Throws: where the time of `control` is over.
  public func found(in index: TextIndex, control: ExecutionControl? = nil) throws(ReadoutError) -> IndexedTerms {
    try IndexedTerms(self, weights: Vector(repeating: 1, count: terms.count), in: index, control: control)
  }

  /// How many matches a text has.
  public func count(in text: Span<UInt8>) -> Int { plain?.count(in: text) ?? matcher.matches(in: text).count }

  /// Whether a text has a match.
  public func isFound(in text: Span<UInt8>) -> Bool {
    if let plain { return plain.next(in: text) != nil }
    return !matcher.matches(in: text).isEmpty
  }

  /// Throws where a regular expression took too many steps for a word of the texts that were looked at so far.
  func checkSteps() throws(ReadoutError) { try matcher.checkSteps() }

  /// A kernel over texts that `body` computes by way of these terms.
  func kernel(
    _ type: DataType, _ body: @escaping @Sendable (_ texts: StringVector) -> Values
  ) -> ScalarKernel {
    Terms.kernel(type, [self], body)
  }

  static func kernel(
    _ type: DataType, _ all: [Terms], _ body: @escaping @Sendable (_ texts: StringVector) -> Values
  ) -> ScalarKernel {
    // Words and phrases alone are found faster than the clock need be looked at.
    let patterns = all.filter { $0.plain == nil }
    var kernel = StringKernel.kernel(type, canFail: patterns.contains(where: \.matcher.hasExpressions)) {
      (texts, _) throws(ReadoutError) in
      let values = body(texts)
      for terms in patterns { try terms.checkSteps() }
      return values
    }
    kernel.bytesBetweenLooks =
      patterns.map(\.matcher.bytesBetweenLooks).min() ?? ScalarKernel.usualBytesBetweenLooks
    return kernel
  }

  /// How a query with these terms goes through texts.
  var scan: IndexPolicy.Scan { plain.map { $0.isSearch ? .search : .words } ?? .patterns }
}
