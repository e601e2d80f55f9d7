import ReadoutVectors

/// The words of a column by number, with the places that no phrase reaches across.
///
/// A phrase is made of words of one row between which nothing stands but blanks, hyphens and apostrophes. The texts are cut
/// again for that, since an index does not keep where a word stands: O(bytes).
struct PhraseTokens: Sendable {
  struct Block: Sendable {
    /// By token: the word's number in the vocabulary.
    let words: Vector<UInt32>
    /// By token: 1 where a phrase cannot reach it from the token before.
    let breaks: Vector<UInt8>
    /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
    let offsets: Vector<UInt32>
    /// The row's number in the table of the first row.
    let firstRow: Int
  }

  let blocks: [Block]

  init(_ index: TextIndex, options: ExecutionOptions) throws(ReadoutError) {
    let made = Gathered<Block>(count: index.blocks.count)
    try WorkerPool.run(threads: options.threads, pieces: index.blocks.count) { _, number throws(ReadoutError) in
      try options.control.checkpoint()
      made[number] = Block(index.blocks[number])
    }
    blocks = made.all
  }
}

extension PhraseTokens.Block {
  fileprivate init(_ block: TextBlock) {
    var breaks = MutableVector<UInt8>(capacity: block.tokenCount)
    for row in 0..<block.rowCount where block.offsets[row] < block.offsets[row + 1] {
      block.texts.withBytes(row) { bytes in
        var last: Int?
        Words.forEach(in: bytes) { start, end in
          breaks.append(last.map { Self.joins(bytes, $0, start) } == true ? 0 : 1)
          last = end
        }
      }
    }
    self.init(
      words: block.words.gather(block.tokens.codes(0..<block.tokens.count)), breaks: breaks.freeze(),
      offsets: block.offsets, firstRow: block.firstRow)
  }

  /// Whether a phrase goes on across these bytes: blanks, line ends, hyphens and apostrophes, or none.
  @inline(__always)
  private static func joins(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      let byte = bytes[at]
      switch byte {
      case 0x09, 0x0A, 0x0D, 0x20, 0x27, 0x2D: at &+= 1
      case 0x80...:
        let (value, length) = bytes.codePoint(at: at)
        switch value {
        // No-break space, soft hyphen, the typographic apostrophe, hyphens, the ideographic space.
        case 0xA0, 0xAD, 0x2019, 0x2010, 0x2011, 0x3000: at &+= length
        default: return false
        }
      default: return false
      }
    }
    return true
  }
}
