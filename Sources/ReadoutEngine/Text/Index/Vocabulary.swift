import ReadoutVectors

/// The words of a text column: a word's number is its place in the order of first appearance.
public struct Vocabulary: Sendable {
  private let table: StringTable
  /// How often each word occurs in the column.
  public let counts: Vector<Int64>

  /// The parts of words that have several, and those words: part `p` is in `compounds[starts[p]..<starts[p + 1]]`.
  private let parts: StringTable
  private let compoundStarts: Vector<UInt32>
  private let compounds: Vector<UInt32>
  /// How many parts each word has.
  let partCounts: Vector<UInt16>

  init(_ words: StringVector, counts: Vector<Int64>) {
    table = StringTable(words)
    self.counts = counts
    var interner = StringInterner()
    var pairs: [(part: UInt32, word: UInt32)] = []
    var partCounts = MutableVector<UInt16>(repeating: 1, count: words.count)
    for number in 0..<words.count {
      words.withBytes(number) { bytes in
        var at = WordRule.start(in: bytes, from: 0)
        var count = 0
        while at < bytes.count {
          let end = WordRule.scan(bytes, from: at).end
          if at == 0, end == bytes.count { break }
          count += 1
          partCounts[number] = UInt16(clamping: count)
          pairs.append((interner.intern(bytes.extracting(at..<end)), UInt32(truncatingIfNeeded: number)))
          at = WordRule.start(in: bytes, from: end)
        }
      }
    }
    var starts = MutableVector<UInt32>(repeating: 0, count: interner.count + 1)
    for pair in pairs { starts[Int(pair.part) + 1] += 1 }
    for part in 0..<interner.count { starts[part + 1] += starts[part] }
    var next = MutableVector<UInt32>(capacity: starts.count)
    next.append(contentsOf: starts.span)
    var compounds = MutableVector<UInt32>(repeating: 0, count: pairs.count)
    for pair in pairs {
      compounds[Int(next[Int(pair.part)])] = pair.word
      next[Int(pair.part)] += 1
    }
    parts = StringTable(interner.freeze())
    compoundStarts = starts.freeze()
    self.compounds = compounds.freeze()
    self.partCounts = partCounts.freeze()
  }

  /// The words that are this part, or have it among theirs.
  func words(withPart part: Span<UInt8>) -> [Int] {
    var found = table.number(of: part).map { [$0] } ?? []
    if let number = parts.number(of: part) {
      found += compounds[Int(compoundStarts[number])..<Int(compoundStarts[number + 1])].map { Int($0) }
    }
    return found
  }

  public var count: Int { table.count }
  /// The words by number, as `Words.fold` writes them.
  public var words: StringVector { table.strings }
  /// The word that has a number.
  public subscript(number: Int) -> String { table.strings[number] }

  /// The number of a word in any case and normal form; nil where the column does not have it.
  public func number(of word: String) -> Int? {
    let bytes = Array(Words.folded(word).utf8)
    return table.number(of: bytes.span)
  }

  public var byteCount: Int {
    table.byteCount + counts.byteCount + parts.byteCount + compoundStarts.byteCount + compounds.byteCount
      + partCounts.byteCount
  }
}
