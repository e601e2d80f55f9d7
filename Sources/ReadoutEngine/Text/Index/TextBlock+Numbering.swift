import ReadoutVectors

extension TextBlock {
  /// The block of a batch whose words have numbers of their own, under those of a vocabulary: `numbering` gives that of each word,
  /// all below `wordCount`. The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
  init(
    _ batch: Batch, _ texts: StringVector, offsets: Vector<UInt32>, tokens: Span<UInt32>, joints: Bitmap,
    numbering: Vector<UInt32>, wordCount: Int
  ) {
    let ranks = NumberRanks(numbering, below: wordCount)
    let places = ranks.places(of: numbering)
    let (codes, starts, rows): (Codes, Vector<UInt32>, Vector<UInt16>)
    if places.count <= 1 << 8 {
      let found = WordRows<UInt8>(tokens, offsets, places)
      (codes, starts, rows) = (.bits8(found.tokens), found.starts, found.rows)
    } else if places.count <= 1 << 16 {
      let found = WordRows<UInt16>(tokens, offsets, places)
      (codes, starts, rows) = (.bits16(found.tokens), found.starts, found.rows)
    } else {
      let found = WordRows<UInt32>(tokens, offsets, places)
      (codes, starts, rows) = (.bits32(found.tokens), found.starts, found.rows)
    }
    self.init(
      chunk: batch.chunk, range: batch.range, firstRow: batch.firstRow, texts: texts, words: ranks.sorted,
      offsets: offsets, tokens: codes, joints: joints, rowStarts: starts, rows: rows)
  }
}
