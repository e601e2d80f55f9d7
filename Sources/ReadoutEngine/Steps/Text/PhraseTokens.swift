import ReadoutVectors

/// The words of a column by the number that their class goes by, with the places that a phrase reaches across.
///
/// A phrase is made of words of one row between which nothing stands but blanks, hyphens and apostrophes (`PhraseJoint`).
struct PhraseTokens: Sendable {
  struct Block: Sendable {
    /// By token: the word's number in the vocabulary.
    let words: Vector<UInt32>
    /// By token: 1 where a phrase reaches it from the token before.
    let joints: Vector<UInt8>
    /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
    let offsets: Vector<UInt32>
    /// The row's number in the table of the first row.
    let firstRow: Int
  }

  let blocks: [Block]

  init(_ index: TextIndex, _ classes: WordClasses, options: ExecutionOptions) throws(ReadoutError) {
    let made = Gathered<Block>(count: index.blocks.count)
    try WorkerPool.run(threads: options.threads, pieces: index.blocks.count) { _, number throws(ReadoutError) in
      try options.control.checkpoint()
      made[number] = Block(index.blocks[number], classes.words[number])
    }
    blocks = made.all
  }
}

extension PhraseTokens.Block {
  fileprivate init(_ block: TextBlock, _ words: Vector<UInt32>) {
    self.init(
      words: words.gather(block.tokens.codes(0..<block.tokens.count)), joints: block.joints.bytes(),
      offsets: block.offsets, firstRow: block.firstRow)
  }
}
