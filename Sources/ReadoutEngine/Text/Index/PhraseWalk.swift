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
  /// The symbols of the parts of such words, and their signatures.
  private let compounds: [[UInt32]]
  private let compoundSignatures: [UInt64]
  /// Two symbols that follow each other, by what phrases may begin there, the longest and closest first.
  private let pairs: PairTable
  private let phrases: [[Phrase]]
  /// Words of the longest phrase.
  private let longest: Int
  /// By symbol, its signature: which may follow it in a phrase. Tells most pairs apart without a look into `pairs`.
  private let signatures: Vector<UInt64>
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
    var signatures = MutableVector<UInt64>(repeating: PairScan.none, count: sets.count)
    for (key, _) in ordered {
      let (first, second) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      signatures[first] |= PairScan.first(before: second)
      signatures[second] |= PairScan.second(second)
    }
    self.signatures = signatures.freeze()
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
    longest = numbers.map { list.patternNumbers[$0].count }.max() ?? 0
    // Before such a word stands what may stand before its first part, behind it what may follow its last; where a phrase may begin
    // inside it, it is looked at wherever it stands.
    let (pairs, simple) = (self.pairs, self.signatures)
    compoundSignatures = compounds.map { parts in
      let isPairInside = zip(parts, parts.dropFirst()).contains { $0 != 0 && pairs.number($0, $1) != nil }
      if isPairInside { return PairScan.any }
      return PairScan.joined(simple[Int(parts[0])], simple[Int(parts[parts.count - 1])])
    }
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
    var signatureOfPlace = MutableVector<UInt64>(repeating: PairScan.none, count: block.words.count)
    for (word, symbol) in symbols {
      guard let place = block.place(ofWord: word) else { continue }
      symbolOfPlace[place] = symbol
      signatureOfPlace[place] =
        symbol >= Self.compound ? compoundSignatures[Int(symbol & ~Self.compound)] : signatures[Int(symbol)]
    }
    let (table, scan) = (symbolOfPlace.freeze(), signatureOfPlace.freeze())
    switch block.tokens {
    case .bits8(let tokens): correct(&sums, rows, block, tokens, table, scan)
    case .bits16(let tokens): correct(&sums, rows, block, tokens, table, scan)
    case .bits32(let tokens): correct(&sums, rows, block, tokens, table, scan)
    }
  }

  @inline(__always)
  private func correct<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ sums: inout MutableVector<Int64>, _ rows: Vector<UInt32>, _ block: TextBlock, _ tokens: Vector<T>,
    _ table: Vector<UInt32>, _ signatures: Vector<UInt64>
  ) {
    var candidates = MutableVector<UInt32>()
    let offsets = block.offsets.span
    if rows.count == block.rowCount {
      PairScan.candidates(in: tokens, 0..<tokens.count, signatures: signatures, into: &candidates)
    } else {
      for row in rows {
        let range = Int(offsets[Int(row)])..<Int(offsets[Int(row) &+ 1])
        PairScan.candidates(in: tokens, range, signatures: signatures, into: &candidates)
      }
    }
    var parts = MutableVector<UInt32>(capacity: 256)
    var (row, place) = (0, 0)
    let found = candidates.freeze()
    let places = found.span
    while place < places.count {
      while offsets[row &+ 1] <= places[place] { row &+= 1 }
      let range = Int(offsets[row])..<Int(offsets[row &+ 1])
      var end = place
      var hasCompound = false
      while end < places.count, case let second = Int(places[end]), second < range.upperBound {
        // All words that a phrase may reach which begins with this candidate.
        for token in max(range.lowerBound, second &- 1)..<min(second &- 1 &+ longest, range.upperBound) {
          hasCompound = hasCompound || table[Int(truncatingIfNeeded: tokens[token])] >= Self.compound
        }
        end &+= 1
      }
      if hasCompound {
        parts.removeAll()
        for token in range {
          let symbol = table[Int(truncatingIfNeeded: tokens[token])]
          if symbol >= Self.compound {
            for part in compounds[Int(symbol & ~Self.compound)] { parts.append(part) }
          } else {
            parts.append(symbol)
          }
        }
        sums[row] &+= change(parts.span)
      } else {
        var next = range.lowerBound
        for candidate in place..<end {
          let start = Int(places[candidate]) &- 1
          if start < next { continue }
          let (first, second) = (
            table[Int(truncatingIfNeeded: tokens[start])], table[Int(truncatingIfNeeded: tokens[start &+ 1])]
          )
          guard let pair = pairs.number(first, second),
            let (change, words) = change(
              of: phrases[pair], from: start, to: range.upperBound,
              { token in
                table[Int(truncatingIfNeeded: tokens[token])]
              })
          else { continue }
          sums[row] &+= change
          next = start &+ words
        }
      }
      place = end
    }
  }

  /// What the phrase that reaches furthest of those from `start` changes, and how many words it takes.
  @inline(__always)
  private func change(
    of phrases: [Phrase], from start: Int, to end: Int, _ symbol: (Int) -> UInt32
  ) -> (change: Int64, words: Int)? {
    for phrase in phrases where start + phrase.patterns.count <= end {
      var fits = true
      for part in 2..<max(2, phrase.patterns.count) where fits {
        fits = sets[Int(symbol(start + part))].contains(phrase.patterns[part])
      }
      if !fits { continue }
      var change = phrase.weight
      for part in start..<start + phrase.patterns.count { change &-= weights[Int(symbol(part))] }
      return (change, phrase.patterns.count)
    }
    return nil
  }

  /// What all phrases of a row of symbols change.
  private func change(_ row: Span<UInt32>) -> Int64 {
    var sum: Int64 = 0
    var place = 0
    while place &+ 1 < row.count {
      if row[place] != 0, row[place &+ 1] != 0, let pair = pairs.number(row[place], row[place &+ 1]),
        let (change, words) = change(of: phrases[pair], from: place, to: row.count, { row[$0] })
      {
        sum &+= change
        place += words
      } else {
        place &+= 1
      }
    }
    return sum
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
