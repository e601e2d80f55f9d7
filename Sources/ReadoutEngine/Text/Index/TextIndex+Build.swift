import ReadoutVectors

extension TextIndex {
  /// Cuts all rows of a column of strings.
  ///
  /// Each block is cut by itself, its words numbered as they come; in the order of the blocks these words are put into one
  /// vocabulary; then the block takes the vocabulary's numbers. So a word's number is its place in the order of first
  /// appearance, whatever the threads, and a worker has the tokens of one block in its hands, from text to rows a word.
  ///
  /// - Throws: where the time is over.
  convenience init(
    _ column: Column, threads: Int, way: WordCutter.Way = .best, control: ExecutionControl? = nil
  ) throws(ReadoutError) {
    let batches = Batch.all(of: column)
    let blocks = Gathered<TextBlock>(count: batches.count)
    let vocabulary = GrowingVocabulary(blocks: batches.count)
    try WorkerPool.run(threads: threads, pieces: min(threads, batches.count)) { _, _ throws(ReadoutError) in
      var cutter = WordCutter(way: way)
      while true {
        // Not behind the next line: a block that was taken is finished, for others wait for its words.
        try control?.checkTime()
        guard let number = vocabulary.nextBlock() else { break }
        let batch = batches[number]
        let values = column.values(chunk: batch.chunk, range: batch.range)
        cutter.cut(values.validity.map { values.strings.emptied(wherever: $0) } ?? values.strings)
        let (numbering, wordCount) = try vocabulary.numbers(of: cutter, block: number)
        blocks[number] = TextBlock(
          batch, values.strings, offsets: cutter.rowOffsets(), tokens: cutter.allTokens, joints: cutter.tokenJoints(),
          numbering: numbering, wordCount: wordCount)
      }
    }
    self.init(words: vocabulary.words(), blocks: blocks.all)
  }

  convenience init(words: StringVector, blocks: [TextBlock]) {
    var counts = MutableVector<Int64>(repeating: 0, count: words.count)
    for block in blocks {
      let (words, starts) = (block.words.span, block.rowStarts.span)
      for place in words.indices { counts[Int(words[place])] += Int64(starts[place + 1] - starts[place]) }
    }
    self.init(vocabulary: Vocabulary(words, counts: counts.freeze()), blocks: blocks)
  }

  static func parallel(_ threads: Int, _ pieces: Int, _ body: @escaping @Sendable (_ piece: Int) -> Void) {
    // The pieces raise no errors.
    try? WorkerPool.run(threads: threads, pieces: pieces) { _, piece throws(ReadoutError) in body(piece) }
  }
}

extension StringVector {
  /// The strings, those of rows that are not valid being empty.
  fileprivate func emptied(wherever validity: Bitmap) -> StringVector {
    StringVector(starts: starts, ends: Vector(count: count) { validity[$0] ? ends[$0] : starts[$0] }, bytes: bytes)
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
