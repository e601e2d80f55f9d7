import ReadoutVectors

/// Terms looked up in the index of a column: which of its words take part in them, and how.
///
/// A row's sum is the weights of the terms of one word, added by way of the rows of each word, unless the row may have a
/// phrase: the rows that have the two rarest words of one. Those are gone through word by word. Rows without any of the
/// words are not touched.
public final class IndexedTerms: Sendable {
  let index: TextIndex
  private let list: TermList
  /// By term.
  private let weights: Vector<Int64>
  /// Words of the vocabulary that fit a pattern, ascending.
  private let words: [IndexedWord]
  /// For each term of several words, those of the vocabulary that fit its two rarest.
  private let phrases: [IndexedPhrase]
  /// The pattern sets that words fit; set 0 is empty.
  private let sets: [[Int]]
  /// By set, the terms that may begin there.
  private let beginnings: [[Int]]
  /// Terms whose case must be looked at in the text.
  private let isCased: Bool
  private let matcher: PatternMatcher
  /// For phrases of consecutive words alone.
  private let walk: PhraseWalk?

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
  init(_ terms: Terms, weights: Vector<Int64>, in index: TextIndex) {
    let list = terms.matcher.list
    let fitting = index.vocabulary.fitting(terms.matcher)
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
    for number in list.terms.indices where !singles.contains(number) {
      let rarest = Set(list.patternNumbers[number]).map { pattern in
        (words: byPattern[pattern], count: byPattern[pattern].reduce(0) { $0 + index.vocabulary.counts[$1] })
      }.sorted { $0.count < $1.count }
      if rarest[0].words.isEmpty { continue }
      phrases.append(IndexedPhrase(rarest: rarest[0].words, second: rarest.count > 1 ? rarest[1].words : []))
    }
    self.index = index
    self.list = list
    self.weights = weights
    self.words = words
    self.phrases = phrases
    self.sets = sets
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

  // MARK: Rows that may have a phrase

  private func sumRows(withPhrasesIn block: TextBlock, into sums: inout MutableVector<Int64>) {
    let rows = rows(thatMayHavePhrasesIn: block)
    if rows.isEmpty { return }
    if let walk { return walk.correct(&sums, rows: rows, of: block) }
    // By place in the block's words: word + 1, or 0 where no pattern fits.
    var wordOfPlace = MutableVector<UInt32>(repeating: 0, count: block.words.count)
    for (number, word) in words.enumerated() {
      if let place = block.place(ofWord: word.number) { wordOfPlace[place] = UInt32(number + 1) }
    }
    let table = wordOfPlace.freeze()
    var row: [Int] = []
    for number in rows {
      row.removeAll(keepingCapacity: true)
      for place in block.tokens.codes(Int(block.offsets[Int(number)])..<Int(block.offsets[Int(number) + 1])) {
        let word = table[Int(place)]
        if word == 0 {
          // Words between those of a NEAR are counted by their parts.
          let parts = index.vocabulary.partCounts[Int(block.words[Int(place)])]
          row.append(contentsOf: repeatElement(0, count: Int(parts)))
        } else {
          row += words[Int(word) - 1].parts
        }
      }
      sums[Int(number)] = isCased ? casedSum(of: row, Int(number), in: block) : sum(of: row) { _, _, _ in true }
    }
  }

  /// The sum where case counts: the text is looked at only where a term may begin whose case does.
  private func casedSum(of row: [Int], _ number: Int, in block: TextBlock) -> Int64 {
    let places = row.indices.filter { place in
      beginnings[row[place]].contains { list.terms[$0].cased != nil }
    }
    if places.isEmpty { return sum(of: row) { _, _, _ in true } }
    let spellings = block.texts.withBytes(number) { matcher.spellings(in: $0, from: places, partCount: row.count) }
    guard let spellings else {
      return block.texts.withBytes(number) { matcher.matches(in: $0) }.reduce(0) { $0 &+ weights[$1.term] }
    }
    return sum(of: row) { matcher.isMeant($0, $1, $2, spellings) }
  }

  private func sum(of row: [Int], isMeant: (_ term: Int, _ place: Int, _ words: Int) -> Bool) -> Int64 {
    var sum: Int64 = 0
    var place = 0
    while place < row.count {
      if row[place] != 0, !beginnings[row[place]].isEmpty,
        let best = list.longest(
          at: place, of: row.count, among: beginnings[row[place]], fits: { sets[row[$0]].contains($1) },
          isMeant: isMeant)
      {
        sum &+= weights[best.term]
        place += best.words
      } else {
        place += 1
      }
    }
    return sum
  }

  /// The rows that have the two rarest words of a phrase, ascending; all where going through them is less work than finding
  /// those.
  private func rows(thatMayHavePhrasesIn block: TextBlock) -> Vector<UInt32> {
    var work = 0
    for phrase in phrases {
      for word in phrase.rarest + phrase.second {
        if let place = block.place(ofWord: word) { work += block.rowCount(ofPlace: place) }
      }
    }
    if work > block.tokenCount / 2 { return Vector(count: block.rowCount) { UInt32(truncatingIfNeeded: $0) } }
    var wanted = MutableVector<UInt8>(repeating: 0, count: block.rowCount)
    var first = MutableVector<UInt8>(repeating: 0, count: block.rowCount)
    for phrase in phrases {
      let rarest = places(phrase.rarest, in: block)
      if rarest.isEmpty { continue }
      if phrase.second.isEmpty {
        for place in rarest { wanted.set(1, at: block.rows(ofPlace: place)) }
        continue
      }
      let second = places(phrase.second, in: block)
      if second.isEmpty { continue }
      for place in rarest { first.set(1, at: block.rows(ofPlace: place)) }
      for place in second {
        for row in block.rows(ofPlace: place) where first[Int(row)] != 0 { wanted[Int(row)] = 1 }
      }
      for place in rarest { first.set(0, at: block.rows(ofPlace: place)) }
    }
    return wanted.freeze().selected()
  }

  private func places(_ words: [Int], in block: TextBlock) -> [Int] { words.compactMap(block.place(ofWord:)) }
}
