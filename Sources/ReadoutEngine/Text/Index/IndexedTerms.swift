import ReadoutVectors

/// Terms looked up in the index of a column: which of its words take part in them, and how.
///
/// A row's sum is the weights of the terms of one word, added by way of the rows of each word, unless the row may have a
/// phrase: the rows that have the two rarest words of one. Those are gone through word by word. Rows without any of the
/// words are not touched.
public final class IndexedTerms: Sendable {
  let index: TextIndex
  let list: TermList
  /// By term.
  let weights: Vector<Int64>
  /// Words of the vocabulary that fit a pattern, ascending.
  let words: [IndexedWord]
  /// For each term of several words, those of the vocabulary that fit its two rarest.
  let phrases: [IndexedPhrase]
  /// Whether going through all rows for those terms is less work than finding the rows that have such words.
  let phrasesAreCommon: Bool
  /// The pattern sets that words fit; set 0 is empty.
  let sets: PatternSets
  /// By set, the terms that may begin there.
  let beginnings: [[Int]]
  /// Terms whose case must be looked at in the text.
  let isCased: Bool
  let matcher: PatternMatcher
  /// For phrases of consecutive words alone.
  let walk: PhraseWalk?

  struct IndexedWord: Sendable {
    var number: Int
    /// What it adds to a row that has no phrase, each time it occurs.
    var weight: Int64
    /// The pattern set of each of its parts.
    var parts: [Int]
  }

  struct IndexedPhrase: Sendable {
    /// Words of the vocabulary that fit the rarest word of the phrase, and the second rarest.
    var rarest: [Int]
    var second: [Int]
  }

  /// `weights` are the terms'; 1 each counts them.
  ///
  /// - Returns: nil where an expression takes too many steps for a word of the vocabulary: the texts tell whether it matters.
  /// - Throws: where the time is over.
  init?(
    _ terms: Terms, weights: Vector<Int64>, in index: TextIndex, control: ExecutionControl? = nil
  ) throws(ReadoutError) {
    let list = terms.matcher.list
    guard let fitting = try index.vocabulary.fitting(terms.matcher, control: control) else { return nil }
    var sets: [[Int]] = [[]]
    var known: [[Int]: Int] = [[]: 0]
    var words: [IndexedWord] = []
    var byPattern = Array(repeating: [Int](), count: list.patterns.count)
    let singles = Set(list.terms.indices.filter { list.terms[$0].words.count == 1 && list.terms[$0].cased == nil })
    for (number, parts) in fitting {
      let own = parts.map { set -> Int in
        if let known = known[set] { return known }
        known[set] = sets.count
        sets.append(set)
        return sets.count - 1
      }
      for pattern in Set(parts.joined()) { byPattern[pattern].append(number) }
      var weight: Int64 = 0
      for set in own {
        let candidates = sets[set].flatMap { list.beginnings[$0] }.filter(singles.contains)
        let best = list.longest(at: 0, of: 1, among: candidates) { _, pattern in
          sets[set].contains(pattern)
        } isMeant: { _, _, _ in
          true
        }
        if let best { weight += weights[best.term] }
      }
      words.append(IndexedWord(number: number, weight: weight, parts: own))
    }
    var phrases: [IndexedPhrase] = []
    var work: Int64 = 0
    for number in list.terms.indices where !singles.contains(number) {
      let rarest = Set(list.patternNumbers[number]).map { pattern in
        (words: byPattern[pattern], count: byPattern[pattern].reduce(0) { $0 + index.vocabulary.counts[$1] })
      }.sorted { $0.count < $1.count }
      if rarest[0].words.isEmpty { continue }
      work += rarest.prefix(2).reduce(0) { $0 + $1.count }
      phrases.append(IndexedPhrase(rarest: rarest[0].words, second: rarest.count > 1 ? rarest[1].words : []))
    }
    self.index = index
    self.list = list
    self.weights = weights
    self.words = words
    self.phrases = phrases
    phrasesAreCommon = work > index.tokenCount / 2
    self.sets = PatternSets(sets, patternCount: list.patterns.count)
    beginnings = sets.map { $0.flatMap { list.beginnings[$0] } }
    isCased = list.terms.contains { $0.cased != nil }
    matcher = terms.matcher
    walk = PhraseWalk(list, weights: weights, words: words, sets: sets, singles: singles)
  }

  /// Whether any row of a block may have a match.
  func mayMatch(in block: TextBlock) -> Bool {
    words.contains { $0.weight != 0 && block.place(ofWord: $0.number) != nil }
      || phrases.contains { phrase in
        phrase.rarest.contains { block.place(ofWord: $0) != nil }
          && (phrase.second.isEmpty || phrase.second.contains { block.place(ofWord: $0) != nil })
      }
  }

  /// The sum of the weights of each row's matches.
  func sums(in block: TextBlock) -> Vector<Int64> {
    var sums = MutableVector<Int64>(repeating: 0, count: block.rowCount)
    for word in words where word.weight != 0 {
      if let place = block.place(ofWord: word.number) { sums.add(word.weight, at: block.rows(ofPlace: place)) }
    }
    if !phrases.isEmpty { sumRows(withPhrasesIn: block, into: &sums) }
    return sums.freeze()
  }

  /// The rows of a block with a match, ascending, counted from its first.
  public func rows(in block: TextBlock) -> Vector<UInt32> {
    precondition(weights.allSatisfy { $0 > 0 }, "rows of terms that cancel each other")
    return sums(in: block).map { $0 > 0 ? 1 : 0 }.selected()
  }
}
