import ReadoutVectors

/// The words of one block of rows of a text column, as numbers, and the rows of each word. A block is what a full `Batch`
/// is: at most `Batch.rows` rows of one chunk.
///
/// Within the block a word has a small number, its place in `words`; so tokens take 16 bits while a block has no more than
/// 65,536 different words.
public struct TextBlock: Sendable {
  /// The chunk of the column, and the rows of it. The block's own rows are counted from the start of `range`.
  public let chunk: Int
  public let range: Range<Int>
  /// Number in the column of the first row.
  public let firstRow: Int
  /// The rows' texts; a null row has an empty one.
  public let texts: StringVector
  /// The numbers in the vocabulary of the words of this block, ascending.
  public let words: Vector<UInt32>
  /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
  public let offsets: Vector<UInt32>
  /// The tokens of all rows, in order, as places in `words`.
  public let tokens: Codes
  /// By token: whether a phrase reaches it from the token before in its row (`PhraseJoint`).
  public let joints: Bitmap
  /// The rows of word `w` (a place in `words`) are `rows[rowStarts[w]..<rowStarts[w + 1]]`.
  let rowStarts: Vector<UInt32>
  /// Rows ascending, each as often as the word occurs in it.
  let rows: Vector<UInt16>

  public var rowCount: Int { range.count }
  public var tokenCount: Int { Int(offsets[rowCount]) }

  /// The place in `words` of a word of the vocabulary; nil where the block does not have it. O(log words).
  public func place(ofWord number: Int) -> Int? {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low] == number ? low : nil
  }

  /// The rows of the word at a place in `words`, ascending, each as often as the word occurs in it.
  public func rows(ofPlace place: Int) -> Vector<UInt16> {
    rows[Int(rowStarts[place])..<Int(rowStarts[place + 1])]
  }

  /// How many rows that is.
  func rowCount(ofPlace place: Int) -> Int { Int(rowStarts[place + 1]) - Int(rowStarts[place]) }

  /// The numbers in the vocabulary of a row's words, in order.
  public func words(ofRow row: Int) -> Vector<UInt32> {
    words.gather(tokens.codes(Int(offsets[row])..<Int(offsets[row + 1])))
  }

  /// The bytes of each of a row's words in its text, found by cutting it again.
  public func ranges(ofRow row: Int) -> [Range<Int>] { texts.withBytes(row) { Words.ranges(in: $0) } }

  /// Bytes of memory, the texts apart.
  public var byteCount: Int {
    words.byteCount + offsets.byteCount + tokens.byteCount + joints.byteCount + rowStarts.byteCount + rows.byteCount
  }
}
