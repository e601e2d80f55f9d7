import ReadoutVectors

extension TextIndex {
  /// Cuts all rows of a column of strings.
  ///
  /// Three steps: each block is cut by itself, its words numbered as they come; the blocks' words are put into one
  /// vocabulary, block by block; each block renumbers its tokens and turns them into rows a word. So a word's number is its
  /// place in the order of first appearance, whatever the threads.
  convenience init(_ column: Column, threads: Int) {
    let batches = Batch.all(of: column)
    let cut = Gathered<CutBlock>(count: batches.count)
    Self.parallel(threads, batches.count) { cut[$0] = CutBlock(column, batches[$0]) }
    let parts = cut.all
    var interner = StringInterner()
    var counts = MutableVector<Int64>()
    var numbers: [Vector<UInt32>] = []
    for part in parts {
      let own = Vector<UInt32>((0..<part.words.count).map { interner.intern(part.words.vector($0).span) })
      counts.resize(to: interner.count, filling: 0)
      for (place, number) in own.enumerated() { counts[Int(number)] += Int64(part.tokens.counts[place]) }
      numbers.append(own)
    }
    let blocks = Self.blocks(of: parts.map(\.tokens), numbering: numbers, threads: threads)
    self.init(vocabulary: Vocabulary(interner.freeze(), counts: counts.freeze()), blocks: blocks)
  }

  /// The blocks under the vocabulary's numbers; `numbering` gives those of each block's words.
  static func blocks(of parts: [BlockTokens], numbering: [Vector<UInt32>], threads: Int) -> [TextBlock] {
    let blocks = Gathered<TextBlock>(count: parts.count)
    parallel(threads, parts.count) { blocks[$0] = parts[$0].block(numbering: numbering[$0]) }
    return blocks.all
  }

  static func parallel(_ threads: Int, _ pieces: Int, _ body: @escaping @Sendable (_ piece: Int) -> Void) {
    // The pieces raise no errors.
    try? WorkerPool.run(threads: threads, pieces: pieces) { _, piece throws(ReadoutError) in body(piece) }
  }
}

extension Batch {
  /// All batches of a column, in row order.
  static func all(of column: Column) -> [Batch] {
    var batches: [Batch] = []
    for (chunk, count) in column.chunks.map(\.count).enumerated() {
      let firstRow = batches.last.map { $0.firstRow + $0.range.count } ?? 0
      batches += Batch.all(ofChunk: chunk, firstRow: firstRow, count: count)
    }
    return batches
  }
}

/// A block whose texts were cut, and its words.
private struct CutBlock: Sendable {
  let words: StringVector
  let tokens: BlockTokens

  init(_ column: Column, _ batch: Batch) {
    let values = column.values(chunk: batch.chunk, range: batch.range)
    let texts = values.strings
    var interner = StringInterner()
    var offsets = MutableVector<UInt32>(capacity: texts.count + 1)
    var tokens = MutableVector<UInt32>()
    var counts = MutableVector<UInt32>()
    var joints = BitmapBuilder()
    var word = MutableVector<UInt8>(capacity: 64)
    offsets.append(0)
    for row in 0..<texts.count {
      if !values.isNull(row) {
        texts.withBytes(row) { bytes in
          var last = -1
          Words.forEach(in: bytes) { start, end in
            word.removeAll()
            Words.fold(bytes, start, end, into: &word)
            let number = interner.intern(word.span)
            if Int(number) == counts.count { counts.append(0) }
            counts[Int(number)] &+= 1
            tokens.append(number)
            joints.append(last >= 0 && PhraseJoint.joins(bytes, last, start))
            last = end
          }
        }
      }
      offsets.append(UInt32(truncatingIfNeeded: tokens.count))
    }
    words = interner.freeze()
    self.tokens = BlockTokens(
      batch: batch, texts: texts, counts: counts.freeze(), offsets: offsets.freezeCompact(), tokens: tokens.freeze(),
      joints: joints.freeze())
  }
}
