import ReadoutVectors

/// How often each phrase of two or three words occurs in each group of rows, and in how many of its rows.
///
/// Phrases are told apart by numbers: a pair of words gets one, a pair and a third word another. The first words part the
/// phrases into a fixed number of parts, each counted by one worker over all rows, so that no table is shared and the answer
/// does not depend on the threads. O(words · parts) reading, O(words) counting.
struct PhraseCounts: Sendable {
  /// The phrases of a part, in the order of their first appearance.
  struct Part: Sendable {
    let groups: Vector<UInt32>
    /// The words of phrase `p` are `words[p * length..<(p + 1) * length]`.
    let words: Vector<UInt32>
    let counts: Vector<UInt32>
    let rows: Vector<UInt32>
    let length: Int

    func words(of phrase: Int) -> Range<Int> { phrase * length..<(phrase + 1) * length }
  }

  static let lengths = 2...3
  private static let partCount = 16

  let parts: [Part]

  /// - Parameter stop: By word: 1 for one that no phrase may begin or end with.
  init(
    _ tokens: PhraseTokens, length: Int, _ groups: RowGroups, stop: Vector<UInt8>, minimum: Int,
    options: ExecutionOptions
  ) throws(ReadoutError) {
    let made = Gathered<Part>(count: Self.partCount)
    try WorkerPool.run(threads: options.threads, pieces: Self.partCount) { _, part throws(ReadoutError) in
      var tally = PhraseTally(length: length, areGrouped: groups.count > 1)
      for block in tokens.blocks {
        try options.control.checkpoint()
        tally.add(block, groups.numbers, stop) { Self.part(of: $0) == part }
      }
      made[part] = tally.part(minimum: minimum)
    }
    parts = made.all
  }

  /// The part of the phrases that begin with a word.
  @inline(__always)
  private static func part(of word: UInt32) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B1) >> 28)
  }
}

/// Counts phrases that the caller picks by their first word.
private struct PhraseTally: ~Copyable {
  private let length: Int
  private let areGrouped: Bool
  private var pairs = KeyInterner()
  private var triples = KeyInterner()
  private var grouped = KeyInterner()
  private var counts = MutableVector<UInt32>()
  private var rows = MutableVector<UInt32>()
  private var lastRows = MutableVector<UInt32>()

  init(length: Int, areGrouped: Bool) {
    self.length = length
    self.areGrouped = areGrouped
  }

  @inline(__always)
  mutating func add(
    _ block: PhraseTokens.Block, _ groups: Vector<UInt32>, _ stop: Vector<UInt8>, isWanted: (UInt32) -> Bool
  ) {
    let (words, joints, stops) = (block.words.span, block.joints.span, stop.span)
    for row in 0..<block.offsets.count - 1 {
      let group = groups[block.firstRow &+ row]
      if group == RowGroups.none { continue }
      let end = Int(block.offsets[row + 1])
      for start in Int(block.offsets[row])..<end {
        let first = words[start]
        guard isWanted(first), start &+ length <= end, joints[start &+ 1] != 0 else { continue }
        if length == 3, joints[start &+ 2] == 0 { continue }
        if stops[Int(first)] != 0 || stops[Int(words[start &+ length &- 1])] != 0 { continue }
        var phrase = pairs.intern(UInt64(first) << 32 | UInt64(words[start &+ 1]))
        if length == 3 { phrase = triples.intern(UInt64(phrase) << 32 | UInt64(words[start &+ 2])) }
        if areGrouped { phrase = grouped.intern(UInt64(group) << 32 | UInt64(phrase)) }
        count(Int(phrase), UInt32(truncatingIfNeeded: block.firstRow &+ row &+ 1))
      }
    }
  }

  @inline(__always)
  private mutating func count(_ number: Int, _ row: UInt32) {
    if number == counts.count {
      counts.append(0)
      rows.append(0)
      lastRows.append(0)
    }
    counts[number] &+= 1
    if lastRows[number] != row {
      lastRows[number] = row
      rows[number] &+= 1
    }
  }

  /// The phrases that occur at least so often.
  consuming func part(minimum: Int) -> PhraseCounts.Part {
    let kept = Vector(counts.indices.filter { Int(counts[$0]) >= minimum }.map { UInt32($0) })
    var words = MutableVector<UInt32>(capacity: kept.count * length)
    var groups = MutableVector<UInt32>(capacity: kept.count)
    for number in kept {
      var phrase = Int(number)
      let key = areGrouped ? grouped.key(phrase) : 0
      groups.append(UInt32(truncatingIfNeeded: key >> 32))
      if areGrouped { phrase = Int(key & 0xFFFF_FFFF) }
      let third = length == 3 ? triples.key(phrase) : 0
      let pair = pairs.key(length == 3 ? Int(third >> 32) : phrase)
      words.append(UInt32(truncatingIfNeeded: pair >> 32))
      words.append(UInt32(truncatingIfNeeded: pair))
      if length == 3 { words.append(UInt32(truncatingIfNeeded: third)) }
    }
    return PhraseCounts.Part(
      groups: groups.freeze(), words: words.freeze(), counts: counts.freeze().gather(kept),
      rows: rows.freeze().gather(kept), length: length)
  }
}

extension PhraseCounts.Part {
  /// A phrase as text: its words with a blank between them.
  func text(of phrase: Int, _ vocabulary: StringVector) -> [UInt8] {
    var text: [UInt8] = []
    for place in words(of: phrase) {
      if !text.isEmpty { text.append(0x20) }
      text += vocabulary.vector(Int(words[place]))
    }
    return text
  }
}
