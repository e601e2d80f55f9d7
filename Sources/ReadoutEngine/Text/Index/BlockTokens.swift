import ReadoutVectors

/// The tokens of one block of rows under numbers of its own: its different words in the order of their first appearance.
struct BlockTokens: Sendable {
  let batch: Batch
  /// The rows' texts; a null row has an empty one.
  let texts: StringVector
  /// By word, how often it occurs.
  let counts: Vector<UInt32>
  /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
  let offsets: Vector<UInt32>
  let tokens: Vector<UInt32>
  /// By token, whether a phrase reaches it from the one before.
  let joints: Bitmap

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
        let place = Int(tokens[token])
        rows[Int(next[place])] = UInt16(truncatingIfNeeded: row)
        next[place] &+= 1
      }
    }
    return TextBlock(
      chunk: batch.chunk, range: batch.range, firstRow: batch.firstRow, texts: texts,
      words: Vector(order.map { numbering[$0] }), offsets: offsets,
      tokens: Codes(tokens, dictionaryCount: order.count), joints: joints, rowStarts: rowStarts.freeze(),
      rows: rows.freeze())
  }
}
