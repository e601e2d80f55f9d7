import ReadoutVectors

/// Goes through rows of word numbers for phrases, and mends the rows' sums where it finds one.
///
/// A phrase reaches further than any term of one word that begins with it, so the phrases of a row are those that would be
/// found alone; in each the weights of its words, which stand in the sum already, give way to its own.
struct PhraseWalk: Sendable {
  /// A phrase that may begin with two given words.
  private struct Phrase: Sendable {
    var term: Int
    var weight: Int64
    var patterns: [Int]
  }

  /// Words of the vocabulary that take part in phrases, and their symbol: the number of their pattern set, or where they have
  /// several parts the place of those in `compounds` with the highest bit set.
  private let symbols: [(word: Int, symbol: UInt32)]
  private static let compound: UInt32 = 1 << 31
  /// The symbols of the parts of such words.
  private let compounds: [[UInt32]]
  /// Two symbols that follow each other, by what phrases may begin there, the longest and closest first.
  private let pairs: PairTable
  private let phrases: [[Phrase]]
  /// By symbol, which symbols may follow it in a phrase: bit n stands for those whose last six bits are n. Tells most pairs
  /// apart without a look into `pairs`.
  private let followers: Vector<UInt64>
  /// What a word of a symbol adds on its own.
  private let weights: [Int64]
  private let sets: [[Int]]

  /// nil where not all terms of several words are phrases in any case.
  init?(
    _ list: TermList, weights: Vector<Int64>, words: [IndexedTerms.IndexedWord], sets: [[Int]], singles: Set<Int>
  ) {
    let numbers = list.terms.indices.filter { !singles.contains($0) }
    guard numbers.allSatisfy({ list.terms[$0].near == nil && list.terms[$0].cased == nil }) else { return nil }
    let wanted = Set(numbers.flatMap { list.patternNumbers[$0] })
    let takesPart = sets.map { $0.contains(where: wanted.contains) }
    var setsOfPattern: [Int: [Int]] = [:]
    for (set, patterns) in sets.enumerated() {
      for pattern in patterns { setsOfPattern[pattern, default: []].append(set) }
    }
    var byPair: [UInt64: [Phrase]] = [:]
    for term in numbers {
      let patterns = list.patternNumbers[term]
      let phrase = Phrase(term: term, weight: weights[term], patterns: patterns)
      for first in setsOfPattern[patterns[0]] ?? [] {
        for second in setsOfPattern[patterns[1]] ?? [] {
          byPair[PairTable.key(first, second), default: []].append(phrase)
        }
      }
    }
    let ordered = byPair.sorted { $0.key < $1.key }
    pairs = PairTable(ordered.map(\.key))
    phrases = ordered.map {
      $0.value.sorted { ($1.patterns.count, list.rank(of: $0.term)) < ($0.patterns.count, list.rank(of: $1.term)) }
    }
    var followers = MutableVector<UInt64>(repeating: 0, count: sets.count)
    for (key, _) in ordered { followers[Int(key >> 32)] |= 1 << (key & 63) }
    self.followers = followers.freeze()
    var symbols: [(word: Int, symbol: UInt32)] = []
    var compounds: [[UInt32]] = []
    for word in words where word.parts.contains(where: { takesPart[$0] }) {
      // Parts that take no part still stand between others.
      let parts = word.parts.map { takesPart[$0] ? UInt32($0) : 0 }
      symbols.append((word.number, parts.count == 1 ? parts[0] : Self.compound | UInt32(compounds.count)))
      if parts.count > 1 { compounds.append(parts) }
    }
    self.symbols = symbols
    self.compounds = compounds
    self.weights = sets.map { set in
      let best = list.longest(
        at: 0, of: 1, among: set.flatMap { list.beginnings[$0] }.filter(singles.contains), fits: { set.contains($1) },
        isMeant: { _, _, _ in true })
      return best.map { weights[$0.term] } ?? 0
    }
    self.sets = sets
  }

  /// Adds to the sum of each of the rows what its phrases change.
  func correct(_ sums: inout MutableVector<Int64>, rows: Vector<UInt32>, of block: TextBlock) {
    var symbolOfPlace = MutableVector<UInt32>(repeating: 0, count: block.words.count)
    for (word, symbol) in symbols {
      if let place = block.place(ofWord: word) { symbolOfPlace[place] = symbol }
    }
    let table = symbolOfPlace.freeze()
    switch block.tokens {
    case .bits8(let tokens): correct(&sums, rows, block, tokens, table)
    case .bits16(let tokens): correct(&sums, rows, block, tokens, table)
    case .bits32(let tokens): correct(&sums, rows, block, tokens, table)
    }
  }

  @inline(__always)
  private func correct<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ sums: inout MutableVector<Int64>, _ rows: Vector<UInt32>, _ block: TextBlock, _ tokens: Vector<T>,
    _ table: Vector<UInt32>
  ) {
    var row = MutableVector<UInt32>(capacity: 256)
    for number in rows {
      let range = Int(block.offsets[Int(number)])..<Int(block.offsets[Int(number) + 1])
      guard mayHavePhrase(tokens, range, table) else { continue }
      row.removeAll()
      for token in range {
        let symbol = table[Int(truncatingIfNeeded: tokens[token])]
        if symbol >= Self.compound {
          for part in compounds[Int(symbol & ~Self.compound)] { row.append(part) }
        } else {
          row.append(symbol)
        }
      }
      sums[Int(number)] &+= change(row.span)
    }
  }

  /// Whether two words of a row may begin a phrase, or one has several parts.
  @inline(__always)
  private func mayHavePhrase<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ tokens: Vector<T>, _ range: Range<Int>, _ table: Vector<UInt32>
  ) -> Bool {
    var following: UInt64 = 0
    var previous: UInt32 = 0
    for token in range {
      let symbol = table[Int(truncatingIfNeeded: tokens[token])]
      if symbol == 0 {
        following = 0
        continue
      }
      if symbol >= Self.compound { return true }
      if following &>> UInt64(symbol & 63) & 1 == 1, pairs.number(previous, symbol) != nil { return true }
      previous = symbol
      following = followers[Int(symbol)]
    }
    return false
  }

  private func change(_ row: Span<UInt32>) -> Int64 {
    var change: Int64 = 0
    var place = 0
    while place &+ 1 < row.count {
      if row[place] != 0, row[place &+ 1] != 0, let pair = pairs.number(row[place], row[place &+ 1]),
        let (weight, words) = longest(phrases[pair], row, place)
      {
        change &+= weight
        for part in place..<place + words { change &-= weights[Int(row[part])] }
        place += words
      } else {
        place &+= 1
      }
    }
    return change
  }

  private func longest(_ phrases: [Phrase], _ row: Span<UInt32>, _ place: Int) -> (weight: Int64, words: Int)? {
    for phrase in phrases where place + phrase.patterns.count <= row.count {
      var fits = true
      for part in 2..<max(2, phrase.patterns.count) where fits {
        fits = sets[Int(row[place + part])].contains(phrase.patterns[part])
      }
      if fits { return (phrase.weight, phrase.patterns.count) }
    }
    return nil
  }
}

/// Numbers for pairs of small numbers: 0, 1, … in the order given.
struct PairTable: Sendable {
  private let keys: Vector<UInt64>
  private let numbers: Vector<UInt32>
  private let mask: Int

  static func key(_ first: Int, _ second: Int) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// Distinct pairs, each a `key`; no first number is 0.
  init(_ pairs: [UInt64]) {
    var size = 16
    while size < pairs.count * 4 { size *= 2 }
    var keys = MutableVector<UInt64>(repeating: 0, count: size)
    var numbers = MutableVector<UInt32>(repeating: 0, count: size)
    for (number, key) in pairs.enumerated() {
      var slot = Int(truncatingIfNeeded: StringHash.hash(key)) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      numbers[slot] = UInt32(number)
    }
    self.keys = keys.freeze()
    self.numbers = numbers.freeze()
    mask = size - 1
  }

  @inline(__always)
  func number(_ first: UInt32, _ second: UInt32) -> Int? {
    let key = UInt64(first) &<< 32 | UInt64(second)
    var slot = Int(truncatingIfNeeded: StringHash.hash(key)) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return Int(numbers[slot]) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }
}
