import ReadoutVectors

extension TextIndex {
  /// Cuts all rows of a column of strings.
  ///
  /// Three steps: each block is cut by itself, its words numbered as they come; the blocks' words are put into one
  /// vocabulary, block by block; each block renumbers its tokens and turns them into rows a word. So a word's number is its
  /// place in the order of first appearance, whatever the threads.
  convenience init(_ column: Column, threads: Int) {
    var batches: [Batch] = []
    for (chunk, count) in column.chunks.map(\.count).enumerated() {
      let firstRow = batches.last.map { $0.firstRow + $0.range.count } ?? 0
      batches += Batch.all(ofChunk: chunk, firstRow: firstRow, count: count)
    }
    let all = batches
    let cut = Gathered<CutBlock>(count: all.count)
    Self.parallel(threads, all.count) { cut[$0] = CutBlock(column, all[$0]) }
    let parts = cut.all
    var interner = StringInterner()
    var counts = MutableVector<Int64>()
    var numbers: [Vector<UInt32>] = []
    for part in parts {
      let own = Vector<UInt32>((0..<part.words.count).map { interner.intern(part.words.vector($0).span) })
      counts.resize(to: interner.count, filling: 0)
      for (place, number) in own.enumerated() { counts[Int(number)] += Int64(part.counts[place]) }
      numbers.append(own)
    }
    let numbering = numbers
    let blocks = Gathered<TextBlock>(count: parts.count)
    Self.parallel(threads, parts.count) { blocks[$0] = parts[$0].block(numbering: numbering[$0]) }
    self.init(vocabulary: Vocabulary(interner.freeze(), counts: counts.freeze()), blocks: blocks.all)
  }

  private static func parallel(_ threads: Int, _ pieces: Int, _ body: @escaping @Sendable (_ piece: Int) -> Void) {
    // The pieces raise no errors.
    try? WorkerPool.run(threads: threads, pieces: pieces) { _, piece throws(ReadoutError) in body(piece) }
  }
}

/// A block's words, numbered in the order of their first appearance in it.
private struct CutBlock: Sendable {
  let batch: Batch
  let texts: StringVector
  let words: StringVector
  /// How often each word occurs.
  let counts: Vector<UInt32>
  let offsets: Vector<UInt32>
  let tokens: Vector<UInt32>

  init(_ column: Column, _ batch: Batch) {
    let values = column.values(chunk: batch.chunk, range: batch.range)
    let texts = values.strings
    var interner = StringInterner()
    var offsets = MutableVector<UInt32>(capacity: texts.count + 1)
    var tokens = MutableVector<UInt32>()
    var counts = MutableVector<UInt32>()
    var word = MutableVector<UInt8>(capacity: 64)
    offsets.append(0)
    for row in 0..<texts.count {
      if !values.isNull(row) {
        texts.withBytes(row) { bytes in
          Words.forEach(in: bytes) { start, end in
            word.removeAll()
            Words.fold(bytes, start, end, into: &word)
            let number = interner.intern(word.span)
            if Int(number) == counts.count { counts.append(0) }
            counts[Int(number)] &+= 1
            tokens.append(number)
          }
        }
      }
      offsets.append(UInt32(truncatingIfNeeded: tokens.count))
    }
    self.batch = batch
    self.texts = texts
    self.words = interner.freeze()
    self.counts = counts.freeze()
    self.offsets = offsets.freezeCompact()
    self.tokens = tokens.freeze()
  }

  /// The block under the vocabulary's numbers: `numbering` gives that of each word.
  func block(numbering: Vector<UInt32>) -> TextBlock {
    let order = (0..<numbering.count).sorted { numbering[$0] < numbering[$1] }
    var places = MutableVector<UInt32>(repeating: 0, count: order.count)
    var rowStarts = MutableVector<UInt32>(repeating: 0, count: order.count + 1)
    for (place, word) in order.enumerated() {
      places[word] = UInt32(place)
      rowStarts[place + 1] = rowStarts[place] + counts[word]
    }
    let tokens = places.freeze().gather(self.tokens)
    var next = MutableVector<UInt32>(capacity: order.count)
    next.append(contentsOf: rowStarts.span.extracting(0..<order.count))
    var rows = MutableVector<UInt16>(repeating: 0, count: tokens.count)
    for row in 0..<texts.count {
      for token in Int(offsets[row])..<Int(offsets[row + 1]) {
        let word = Int(tokens[token])
        rows[Int(next[word])] = UInt16(truncatingIfNeeded: row)
        next[word] &+= 1
      }
    }
    return TextBlock(
      chunk: batch.chunk, range: batch.range, firstRow: batch.firstRow, texts: texts,
      words: Vector(order.map { numbering[$0] }), offsets: offsets,
      tokens: Codes(tokens, dictionaryCount: order.count), rowStarts: rowStarts.freeze(), rows: rows.freeze())
  }
}
