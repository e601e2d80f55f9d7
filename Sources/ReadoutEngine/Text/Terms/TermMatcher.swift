import ReadoutVectors

/// Finds terms in text: words, phrases of consecutive words, and either with a last word that ends in `*` and stands
/// for every word beginning so. Words are those of `WordRule`; what lies between the words of a phrase is ignored.
///
/// Where several terms fit, the one that reaches furthest wins; among those that end at the same place a word beats a
/// word with `*`, and a longer beginning a shorter. Matches do not overlap: the search goes on behind each. So
/// `count` is
///
/// ```
/// while there is a word: the longest term at this word? count it and go behind it : go to the next word
/// ```
///
/// The terms form a tree of words. Its edges lie in one hash table under the node they leave and the hash of their
/// word, so that a word of the text costs one look-up, however many terms there are. With few terms the words are not
/// even cut: `PairSearch` jumps to the places where a first word may stand.
public struct TermMatcher: Sendable {
  public struct Match: Sendable, Equatable {
    /// The term's place in the list the matcher was made of; of equal terms, the first's.
    public var term: Int
    /// Its bytes in the text.
    public var range: Range<Int>
  }

  private let tree: TermTree
  private let starts: PairSearch?

  /// Whether it jumps to the few places where a term may begin.
  var isSearch: Bool { starts != nil }

  /// Terms without a word, or with a `*` that follows none, are errors.
  public init(terms: [String]) throws(ReadoutError) {
    var parsed: [TermTree.Term] = []
    for term in terms {
      let bytes = Array(term.utf8)
      parsed.append(TermTree.Term(words: try Self.words(of: bytes.span, term), isPrefix: bytes.last == 0x2A))
    }
    self.tree = TermTree(parsed)
    var firstWords: [[UInt32]] = []
    for term in parsed where firstWords.count <= PairSearch.maximumWords && !firstWords.contains(term.words[0]) {
      firstWords.append(term.words[0])
    }
    self.starts = Self.search(for: firstWords)
  }

  private static func words(of term: Span<UInt8>, _ text: String) throws(ReadoutError) -> [[UInt32]] {
    var words: [[UInt32]] = []
    var at = WordRule.start(in: term, from: 0)
    var end = 0
    while at < term.count {
      end = WordRule.scan(term, from: at).end
      words.append(WordRule.folded(term, at, end))
      at = WordRule.start(in: term, from: end)
    }
    if words.isEmpty {
      throw ReadoutError(
        .request, "a term without a word", value: text,
        hint: "a term is a word, a phrase, or the beginning of a word and *")
    }
    if term[term.count - 1] == 0x2A, end != term.count - 1 {
      throw ReadoutError(.request, "a * that follows no word", value: text, hint: "write the beginning of a word and *")
    }
    return words
  }

  /// A search for the first words, where there are few and each begins with ASCII: those bytes stand in every text that
  /// has the word, whatever its case and normal form.
  private static func search(for words: [[UInt32]]) -> PairSearch? {
    guard (1...PairSearch.maximumWords).contains(words.count) else { return nil }
    let beginnings = words.map { word in word.prefix { $0 < 0x80 }.map { UInt8($0) } }
    return beginnings.contains([]) ? nil : PairSearch(beginnings)
  }
}

extension TermMatcher {
  /// The first match at or after `index`: 0, or the end of the match before.
  public func next(in bytes: Span<UInt8>, from index: Int = 0) -> Match? {
    var at = index
    if let starts {
      while let candidate = starts.next(in: bytes, from: at) {
        if WordRule.isStart(bytes, candidate), case let found = tree.longest(in: bytes, at: candidate),
          let term = found.term
        {
          return Match(term: term, range: candidate..<found.end)
        }
        at = candidate &+ 1
      }
      return nil
    }
    while true {
      at = WordRule.start(in: bytes, from: at)
      if at == bytes.count { return nil }
      let found = tree.longest(in: bytes, at: at)
      if let term = found.term { return Match(term: term, range: at..<found.end) }
      at = found.end
    }
  }

  /// How many matches there are.
  public func count(in bytes: Span<UInt8>) -> Int {
    var total = 0
    var at = 0
    while let match = next(in: bytes, from: at) {
      total &+= 1
      at = match.range.upperBound
    }
    return total
  }
}
