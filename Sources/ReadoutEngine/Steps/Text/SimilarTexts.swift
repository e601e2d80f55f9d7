import ReadoutVectors

/// Pairs of texts that have most of their shingles in common, found by MinHash and locality-sensitive hashing and verified.
///
/// The four-line version compares every pair. Here texts of the same words are taken together first; each distinct text gets a
/// signature (`MinHash`), cut into bands; texts that agree in a whole band are candidates (P. Indyk and R. Motwani 1998), and a
/// candidate counts when the true Jaccard similarity of the shingles reaches the threshold. So nothing is found that is not there;
/// a pair at the threshold is missed with a probability of at most 1 in 1,000, a closer one hardly ever. O(words) for the
/// signatures, then by the candidates.
struct SimilarTexts: Sendable {
  static let signatureLength = 64

  let shingles: Shingles
  let threshold: Double
  /// The first row of each distinct text that has words, ascending.
  let firstRows: Vector<UInt32>
  /// By row: its text's place in `firstRows`; `none` for a row without words.
  let texts: Vector<UInt32>
  /// The band keys of text `t` are `keys[t * bands..<(t + 1) * bands]`.
  private let keys: Vector<UInt64>
  private let bands: Int

  static let none = UInt32.max

  init(_ shingles: Shingles, threshold: Double, options: ExecutionOptions) throws(ReadoutError) {
    self.shingles = shingles
    self.threshold = threshold
    (firstRows, texts) = try Self.distinctTexts(shingles, options)
    let width = Self.bandWidth(threshold)
    let bands = Self.signatureLength / width
    let (rows, pieceLength) = (firstRows, 4096)
    let pieces = (rows.count + pieceLength - 1) / pieceLength
    let made = Gathered<Vector<UInt64>>(count: pieces)
    try WorkerPool.run(threads: options.threads, pieces: pieces) { _, piece throws(ReadoutError) in
      try options.control.checkpoint()
      let hashes = MinHash(count: Self.signatureLength)
      var signature = MutableVector<UInt32>()
      var keys = MutableVector<UInt64>()
      for text in piece * pieceLength..<min((piece + 1) * pieceLength, rows.count) {
        hashes.write(shingles.set(of: shingles.words(ofRow: Int(rows[text]))).span, to: &signature)
        for band in 0..<bands {
          var key = UInt64(band)
          for place in band * width..<(band + 1) * width {
            key = StringHash.hash((key &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(signature[place]))
          }
          keys.append(key)
        }
      }
      made[piece] = keys.freeze()
    }
    self.bands = bands
    keys = Vector<UInt64>.concatenating(made.all)
  }

  /// The widest bands that still find a pair at the threshold with a probability of 0.999: 1 - (1 - s^width)^bands.
  static func bandWidth(_ threshold: Double) -> Int {
    func found(_ width: Int) -> Double {
      var inBand = 1.0
      for _ in 0..<width { inBand *= threshold }
      var missed = 1.0
      for _ in 0..<signatureLength / width { missed *= 1 - inBand }
      return 1 - missed
    }
    return (1...16).last { found($0) >= 0.999 } ?? 1
  }

  /// Rows of the same words are one text: compared word by word where their hashes agree.
  private static func distinctTexts(
    _ shingles: Shingles, _ options: ExecutionOptions
  ) throws(ReadoutError) -> (firstRows: Vector<UInt32>, texts: Vector<UInt32>) {
    let blocks = shingles.index.blocks
    let hashed = Gathered<Vector<UInt64>>(count: blocks.count)
    try WorkerPool.run(threads: options.threads, pieces: blocks.count) { _, number throws(ReadoutError) in
      try options.control.checkpoint()
      let block = blocks[number]
      let words = block.words.gather(block.tokens.codes(0..<block.tokens.count))
      hashed[number] = Vector(count: block.rowCount) { row in
        var hash: UInt64 = 1
        for token in Int(block.offsets[row])..<Int(block.offsets[row + 1]) {
          hash = StringHash.hash((hash &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(words[token]))
        }
        return block.offsets[row] == block.offsets[row + 1] ? 0 : hash | 1
      }
    }
    var interner = KeyInterner()
    var firstRows = MutableVector<UInt32>()
    var texts = MutableVector<UInt32>()
    for (row, hash) in Vector<UInt64>.concatenating(hashed.all).enumerated() {
      guard hash != 0 else {
        texts.append(none)
        continue
      }
      // Of two texts with one hash the later one looks for a free one.
      var key = hash
      while true {
        let text = Int(interner.intern(key))
        if text == firstRows.count {
          firstRows.append(UInt32(row))
          texts.append(UInt32(text))
          break
        }
        if shingles.words(ofRow: Int(firstRows[text])) == shingles.words(ofRow: row) {
          texts.append(UInt32(text))
          break
        }
        key &+= 1
      }
    }
    return (firstRows.freeze(), texts.freeze())
  }

  /// The texts that agree in a band, by bucket; each list ascending and longer than one.
  private func buckets(_ band: Int) -> [Vector<UInt32>] {
    var interner = KeyInterner(expecting: firstRows.count)
    let numbers = Vector<UInt32>(count: firstRows.count) { interner.intern(keys[$0 * bands + band]) }
    var sizes = MutableVector<UInt32>(repeating: 0, count: interner.count)
    for number in numbers { sizes[Int(number)] &+= 1 }
    let shared = RowGroups(
      numbers.map { sizes[Int($0)] > 1 ? $0 : RowGroups.none }, count: interner.count
    ).ordered
    return (0..<interner.count).filter { sizes[$0] > 1 }
      .map { shared.rows[Int(shared.starts[$0])..<Int(shared.starts[$0 + 1])] }
  }

  private func set(of text: UInt32) -> [UInt64] { shingles.set(of: shingles.words(ofRow: Int(firstRows[Int(text)]))) }

  /// By text: the first text of its cluster, which are the texts that verified pairs connect.
  ///
  /// Candidates that are connected already are not compared again, so that a cluster of n texts costs n comparisons and not n².
  func clusters(options: ExecutionOptions) throws(ReadoutError) -> [Int] {
    let found = Gathered<[Vector<UInt32>]>(count: bands)
    try WorkerPool.run(threads: options.threads, pieces: bands) { _, band throws(ReadoutError) in
      try options.control.checkpoint()
      found[band] = buckets(band)
    }
    var parents = Array(0..<firstRows.count)
    func root(_ text: UInt32) -> Int {
      var place = Int(text)
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    var refused: Set<UInt64> = []
    for bucket in found.all.joined() {
      try options.control.checkpoint()
      var sets: [[UInt64]?] = Array(repeating: nil, count: bucket.count)
      func set(_ place: Int) -> [UInt64] {
        if let known = sets[place] { return known }
        let made = self.set(of: bucket[place])
        sets[place] = made
        return made
      }
      for later in 1..<bucket.count {
        for earlier in 0..<later {
          let (a, b) = (root(bucket[earlier]), root(bucket[later]))
          let pair = UInt64(bucket[earlier]) << 32 | UInt64(bucket[later])
          if a == b || refused.contains(pair) { continue }
          if Shingles.similarity(set(earlier), set(later)) >= threshold {
            parents[max(a, b)] = min(a, b)
          } else {
            refused.insert(pair)
          }
        }
      }
    }
    return parents.indices.map { root(UInt32($0)) }
  }

  /// Every pair of texts that reaches the threshold, ascending.
  func pairs(options: ExecutionOptions) throws(ReadoutError) -> [(first: UInt32, second: UInt32, similarity: Double)] {
    let found = Gathered<[UInt64]>(count: bands)
    try WorkerPool.run(threads: options.threads, pieces: bands) { _, band throws(ReadoutError) in
      try options.control.checkpoint()
      found[band] = buckets(band).flatMap { bucket in
        bucket.indices.dropFirst().flatMap { later in
          (0..<later).map { UInt64(bucket[$0]) << 32 | UInt64(bucket[later]) }
        }
      }
    }
    let candidates = Array(Set(found.all.joined())).sorted()
    let pieceLength = 4096
    let pieces = (candidates.count + pieceLength - 1) / pieceLength
    let verified = Gathered<[(first: UInt32, second: UInt32, similarity: Double)]>(count: pieces)
    try WorkerPool.run(threads: options.threads, pieces: pieces) { _, piece throws(ReadoutError) in
      try options.control.checkpoint()
      var kept: [(first: UInt32, second: UInt32, similarity: Double)] = []
      var (known, knownSet): (UInt32?, [UInt64]) = (nil, [])
      for pair in candidates[piece * pieceLength..<min((piece + 1) * pieceLength, candidates.count)] {
        let (first, second) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
        if known != first { (known, knownSet) = (first, set(of: first)) }
        let similarity = Shingles.similarity(knownSet, set(of: second))
        if similarity >= threshold { kept.append((first, second, similarity)) }
      }
      verified[piece] = kept
    }
    return Array(verified.all.joined())
  }
}
