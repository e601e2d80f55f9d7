import ReadoutVectors

/// The words of a column by number, with the places that no phrase reaches across.
///
/// A phrase is made of words of one row between which nothing stands but blanks, hyphens and apostrophes. The texts are cut
/// again for that, since an index does not keep where a word stands: O(bytes).
struct PhraseTokens: Sendable {
  struct Chunk: Sendable {
    /// By token: the word's number in the vocabulary.
    let words: Vector<UInt32>
    /// By token: 1 where a phrase cannot reach it from the token before.
    let breaks: Vector<UInt8>
    /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
    let offsets: Vector<UInt32>
    /// The row's number in the table of the first row.
    let firstRow: Int
  }

  let chunks: [Chunk]

  init(_ index: TextIndex, options: ExecutionOptions) throws(ReadoutError) {
    var firstRows = [0]
    for chunk in index.chunks { firstRows.append(firstRows.last! + chunk.rowCount) }
    let starts = firstRows
    let made = Gathered<Chunk>(count: index.chunks.count)
    try WorkerPool.run(threads: options.threads, pieces: index.chunks.count) { _, number throws(ReadoutError) in
      try options.control.checkpoint()
      made[number] = Chunk(index.chunks[number], firstRow: starts[number])
    }
    chunks = made.all
  }
}

extension PhraseTokens.Chunk {
  fileprivate init(_ chunk: TextChunk, firstRow: Int) {
    var breaks = MutableVector<UInt8>(capacity: chunk.tokenCount)
    for row in 0..<chunk.rowCount where chunk.offsets[row] < chunk.offsets[row + 1] {
      chunk.texts.withBytes(row) { bytes in
        var last: Int?
        Words.forEach(in: bytes) { start, end in
          breaks.append(last.map { Self.joins(bytes, $0, start) } == true ? 0 : 1)
          last = end
        }
      }
    }
    self.init(
      words: chunk.words.gather(chunk.tokens.codes(0..<chunk.tokens.count)), breaks: breaks.freeze(),
      offsets: chunk.offsets, firstRow: firstRow)
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
