import ReadoutVectors

/// The place of each word of a vocabulary in code point order, so that terms are put in order without being written out.
struct WordRanks: Sendable {
  /// By word number.
  let ranks: Vector<UInt32>

  /// Words are ordered by their first eight bytes as one number, and those that share them by all bytes.
  init(_ words: StringVector) {
    let prefixes = Vector<UInt64>(count: words.count) { word in
      words.withBytes(word) { bytes in
        var prefix: UInt64 = 0
        for place in 0..<8 { prefix = prefix << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
        return prefix
      }
    }
    let order = RadixSort.order(prefixes)
    var ranks = MutableVector<UInt32>(repeating: 0, count: words.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, prefixes[Int(order[end])] == prefixes[Int(order[start])] { end += 1 }
      let sorted =
        end - start == 1
        ? [order[start]] : order[start..<end].sorted { StringVector.compare(words, Int($0), words, Int($1)) < 0 }
      for (offset, word) in sorted.enumerated() { ranks[Int(word)] = UInt32(start + offset) }
      start = end
    }
    self.ranks = ranks.freeze()
  }

  /// What orders single words.
  func key(_ word: UInt32) -> TermKey { TermKey(first: UInt64(ranks[Int(word)]), second: 0) }

  /// What orders phrases of two or three words: a blank between words comes before all that words are made of, so that the
  /// order of the words is that of the whole texts.
  func key(_ words: Vector<UInt32>, _ places: Range<Int>) -> TermKey {
    let start = places.lowerBound
    if places.count == 1 { return key(words[start]) }
    return TermKey(
      first: UInt64(ranks[Int(words[start])]) << 32 | UInt64(ranks[Int(words[start + 1])]),
      second: places.count == 3 ? ranks[Int(words[start + 2])] : 0)
  }
}

/// The place of a term among others in code point order.
struct TermKey: Comparable {
  /// The first word, or the first two.
  let first: UInt64
  /// The third.
  let second: UInt32

  static func < (a: TermKey, b: TermKey) -> Bool {
    a.first != b.first ? a.first < b.first : a.second < b.second
  }
}
