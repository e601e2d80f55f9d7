import ReadoutVectors

/// A list of terms, as `mentions(text, term, …)` takes them, ready to be found in texts and in the index of a column.
public struct Terms: Sendable {
  /// As they were written; a match names its term by its place here.
  public let terms: [String]
  private let matcher: TermMatcher

  /// - Throws: a term that cannot be read; its text is the error's value.
  public init(_ terms: [String]) throws(ReadoutError) {
    self.terms = terms
    matcher = try TermMatcher(terms: terms)
  }

  public typealias Match = TermMatcher.Match

  /// The first match at or after `index`: 0, or the end of the match before. Matches do not overlap.
  public func next(in text: Span<UInt8>, from index: Int = 0) -> Match? { matcher.next(in: text, from: index) }

  /// How many matches a text has.
  public func count(in text: Span<UInt8>) -> Int { matcher.count(in: text) }

  /// The rows of a block of an index that have a match, ascending.
  public func rows(in block: TextBlock) -> Vector<UInt32> {
    let texts = block.texts
    return Vector(
      (0..<texts.count).filter { row in texts.withBytes(row) { next(in: $0) != nil } }.map { UInt32($0) })
  }

  /// How many matches each row of a block of an index has.
  public func counts(in block: TextBlock) -> Vector<Int64> {
    let texts = block.texts
    return Vector(count: texts.count) { row in texts.withBytes(row) { Int64(count(in: $0)) } }
  }
}
