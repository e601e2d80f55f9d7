import ReadoutVectors

/// How many runs of words, in the same group, have some of a phrase's words in their places: what its count is compared with.
///
/// Counted for given phrases only, each choice of places by one worker. O(words · choices).
struct PhraseMargins: Sendable {
  /// By group: how many runs of the phrases' length there are.
  let totals: Vector<Int64>
  /// By the bits of the places that count, by phrase; empty for no place and for all.
  private let counts: [Vector<UInt32>]

  init(
    of phrases: PhraseCounts.Part, in tokens: PhraseTokens, _ groups: RowGroups, options: ExecutionOptions
  ) throws(ReadoutError) {
    let choices = 1 << phrases.length
    let made = Gathered<Vector<UInt32>>(count: choices)
    let totals = Gathered<Vector<Int64>>(count: 1)
    try WorkerPool.run(threads: options.threads, pieces: choices - 1) { _, places throws(ReadoutError) in
      if places == 0 {
        totals[0] = try Self.totals(tokens, phrases.length, groups, options)
        made[0] = Vector()
        return
      }
      var margin = Margin(places: places, phrases)
      for block in tokens.blocks {
        try options.control.checkpoint()
        block.forEachRun(of: phrases.length, groups.numbers) { margin.add($0, $1, $2) }
      }
      made[places] = margin.finish()
    }
    self.totals = totals[0] ?? Vector()
    counts = made.all
  }

  private static func totals(
    _ tokens: PhraseTokens, _ length: Int, _ groups: RowGroups, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<Int64> {
    var totals = MutableVector<Int64>(repeating: 0, count: groups.count)
    for block in tokens.blocks {
      try options.control.checkpoint()
      block.forEachRun(of: length, groups.numbers) { _, _, group in totals[Int(group)] &+= 1 }
    }
    return totals.freeze()
  }

  /// The cells of the table of phrase `phrase`: cell `i` counts the runs that have the phrase's word in just the places of the
  /// bits of `i`.
  func cells(of phrase: Int, in phrases: PhraseCounts.Part) -> [Double] {
    let all = 1 << phrases.length
    // How many runs have the phrase's words in these places, whatever stands in the others.
    let matching = (0..<all).map { places -> Double in
      if places == 0 { return Double(totals[Int(phrases.groups[phrase])]) }
      return places == all - 1 ? Double(phrases.counts[phrase]) : Double(counts[places][phrase])
    }
    // Inclusion and exclusion: what matches in more places is taken away, and in still more given back.
    return (0..<all).map { cell -> Double in
      var runs = 0.0
      for places in 0..<all where places & cell == cell {
        let isAdded = (places.nonzeroBitCount - cell.nonzeroBitCount) % 2 == 0
        runs += isAdded ? matching[places] : -matching[places]
      }
      return runs
    }
  }
}

/// The counts of one choice of places.
private struct Margin: ~Copyable {
  /// The places that count: the first, and the second where there are two.
  private let first: Int
  private let second: Int?
  private var words = KeyInterner()
  private var grouped = KeyInterner()
  private var counts = MutableVector<UInt32>()
  /// By phrase: the number of its words in its group.
  private var numbers = MutableVector<UInt32>()

  init(places: Int, _ phrases: PhraseCounts.Part) {
    first = places.trailingZeroBitCount
    let rest = places & (places - 1)
    second = rest == 0 ? nil : rest.trailingZeroBitCount
    for phrase in phrases.groups.indices {
      let start = phrase * phrases.length
      let key = Self.key(phrases.words[start + first], second.map { phrases.words[start + $0] })
      let number = grouped.intern(UInt64(phrases.groups[phrase]) << 32 | UInt64(words.intern(key)))
      if Int(number) == counts.count { counts.append(0) }
      numbers.append(number)
    }
  }

  @inline(__always)
  private static func key(_ first: UInt32, _ second: UInt32?) -> UInt64 {
    second.map { UInt64(first) << 32 | UInt64($0) } ?? UInt64(first)
  }

  /// Takes the run of words from `start`.
  @inline(__always)
  mutating func add(_ run: Span<UInt32>, _ start: Int, _ group: UInt32) {
    let key = Self.key(run[start &+ first], second.map { run[start &+ $0] })
    guard let found = words.number(of: key), let number = grouped.number(of: UInt64(group) << 32 | UInt64(found)) else {
      return
    }
    counts[Int(number)] &+= 1
  }

  /// By phrase.
  consuming func finish() -> Vector<UInt32> { counts.freeze().gather(numbers.freeze()) }
}

extension PhraseTokens.Block {
  /// Calls `body` with the start of each run of so many words that a phrase may be.
  @inline(__always)
  func forEachRun(
    of length: Int, _ groups: Vector<UInt32>, _ body: (_ words: Span<UInt32>, _ start: Int, _ group: UInt32) -> Void
  ) {
    let (words, joints) = (words.span, joints.span)
    for row in 0..<offsets.count - 1 {
      let group = groups[firstRow &+ row]
      if group == RowGroups.none { continue }
      let end = Int(offsets[row + 1])
      var start = Int(offsets[row])
      while start &+ length <= end {
        if joints[start &+ 1] != 0, length == 2 || joints[start &+ 2] != 0 { body(words, start, group) }
        start &+= 1
      }
    }
  }
}
