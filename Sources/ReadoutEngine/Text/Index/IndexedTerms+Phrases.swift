import ReadoutVectors

/// Rows that may have a phrase.
extension IndexedTerms {
  /// Marks a place in the block's words whose parts are several: those of the word that the other bits say.
  private static let compound: UInt32 = 1 << 31

  func sumRows(withPhrasesIn block: TextBlock, into sums: inout MutableVector<Int64>) {
    let rows = rows(thatMayHavePhrasesIn: block)
    if rows.isEmpty { return }
    if let walk { return walk.correct(&sums, rows: rows, of: block) }
    // By place in the block's words: the pattern set of its part, 0 where no pattern fits.
    var symbols = MutableVector<UInt32>(repeating: 0, count: block.words.count)
    for (number, word) in words.enumerated() {
      guard let place = block.place(ofWord: word.number) else { continue }
      symbols[place] = word.parts.count == 1 ? UInt32(word.parts[0]) : Self.compound | UInt32(number)
    }
    switch block.tokens {
    case .bits8(let tokens): sum(rows, of: block, tokens, symbols.freeze(), into: &sums)
    case .bits16(let tokens): sum(rows, of: block, tokens, symbols.freeze(), into: &sums)
    case .bits32(let tokens): sum(rows, of: block, tokens, symbols.freeze(), into: &sums)
    }
  }

  private func sum<Token: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ rows: Vector<UInt32>, of block: TextBlock, _ tokens: Vector<Token>, _ symbols: Vector<UInt32>,
    into sums: inout MutableVector<Int64>
  ) {
    let (offsets, blockWords, partCounts) = (block.offsets, block.words, index.vocabulary.partCounts)
    // The pattern set of each part of the row.
    var row = MutableVector<UInt32>(capacity: 256)
    for number in rows {
      row.removeAll()
      for token in Int(offsets[Int(number)])..<Int(offsets[Int(number) + 1]) {
        let place = Int(truncatingIfNeeded: tokens[token])
        let symbol = symbols[place]
        if symbol >= Self.compound {
          for part in words[Int(symbol & ~Self.compound)].parts { row.append(UInt32(part)) }
        } else if symbol != 0 {
          row.append(symbol)
        } else {
          // Words between those of a NEAR are counted by their parts.
          row.append(repeating: 0, count: Int(partCounts[Int(blockWords[place])]))
        }
      }
      sums[Int(number)] =
        isCased ? casedSum(of: row.span, Int(number), in: block) : sum(of: row.span) { _, _, _ in true }
    }
  }

  /// The sum where case counts: the text is looked at only where a term may begin whose case does.
  private func casedSum(of row: Span<UInt32>, _ number: Int, in block: TextBlock) -> Int64 {
    let places = row.indices.filter { place in
      beginnings[Int(row[place])].contains { list.terms[$0].cased != nil }
    }
    if places.isEmpty { return sum(of: row) { _, _, _ in true } }
    let spellings = block.texts.withBytes(number) { matcher.spellings(in: $0, from: places, partCount: row.count) }
    guard let spellings else {
      // Where an expression takes too many steps the row may match: whoever looks at the text says so.
      let matches = block.texts.withBytes(number) { text in try? matcher.matches(in: text) }
      return matches.map { $0.reduce(0) { $0 &+ weights[$1.term] } } ?? 1
    }
    return sum(of: row) { term, place, words in
      var hasGivenUp = false
      return matcher.isMeant(term, place, words, spellings, &hasGivenUp) || hasGivenUp
    }
  }

  @inline(__always)
  private func sum(
    of row: Span<UInt32>, isMeant: (_ term: Int, _ place: Int, _ words: Int) -> Bool
  ) -> Int64 {
    var sum: Int64 = 0
    var place = 0
    while place < row.count {
      let set = Int(row[place])
      if set != 0, !beginnings[set].isEmpty,
        let best = list.longest(
          at: place, of: row.count, among: beginnings[set], fits: { sets.contains(Int(row[$0]), $1) }, isMeant: isMeant)
      {
        sum &+= weights[best.term]
        place += best.words
      } else {
        place += 1
      }
    }
    return sum
  }

  /// The rows that have the two rarest words of a phrase, ascending; all where such words are common.
  private func rows(thatMayHavePhrasesIn block: TextBlock) -> Vector<UInt32> {
    if phrasesAreCommon { return Vector(count: block.rowCount) { UInt32(truncatingIfNeeded: $0) } }
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
