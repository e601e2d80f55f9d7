import CVectors

/// One column of a `FieldIndex` as its kernels walk it.
///
/// Sound as long as the index and the text live: field `r` lies inside the text, behind which 64 bytes are readable.
@unsafe struct FieldCursor {
  private let text: UnsafePointer<UInt8>
  private let starts: UnsafePointer<UInt32>
  private let startStride: Int
  private let ends: UnsafePointer<UInt32>
  private let endStride: Int
  let rows: Int
  let quote: UInt8
  /// The byte inside quotes that does not stand for itself: the quote, which is doubled, or a backslash.
  let escape: UInt8
  /// Whether escapes are those of JSON.
  let isJSON: Bool
  /// Whether fields may be quoted at all.
  private let looksForQuotes: Bool
  private let looksForWords: Bool
  private let quotedEmptyIsNull: Bool

  /// A field freed from its quotes; doubled quotes inside are still double.
  @safe struct Value {
    let start: UnsafePointer<UInt8>
    let length: Int
    let isNull: Bool
    let isQuoted: Bool
  }

  /// Whether the processor may read the fields eight at a time: none is null but for being empty, and offsets are small.
  let allowsLanes: Bool

  init(_ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, _ nulls: NullWords, quote: UInt8?) {
    unsafe text = bytes.vector.base + fields.origin
    unsafe isJSON = fields.rowCapacity > 0
    if fields.rowCapacity > 0 {
      precondition(column >= 0 && column < fields.columns && fields.rows <= fields.rowCapacity)
      precondition(min(fields.starts.count, fields.ends.count) >= fields.columns * fields.rowCapacity)
      unsafe starts = UnsafePointer(fields.starts.base + column * fields.rowCapacity)
      unsafe ends = UnsafePointer(fields.ends.base + column * fields.rowCapacity)
      unsafe (startStride, endStride) = (1, 1)
      unsafe rows = fields.rows
      unsafe self.quote = 0x22
      unsafe escape = 0x5C
      unsafe looksForQuotes = fields.hasQuotes
      unsafe looksForWords = nulls.lengths != 0
      unsafe quotedEmptyIsNull = nulls.quotedEmpty
      unsafe allowsLanes = nulls.lengths == 0 && fields.extent < Int(Int32.max) && readout_reads_fields() != 0
      return
    }
    precondition(column >= 0 && column < fields.columns && fields.ends.count >= fields.rows * fields.columns)
    if column == 0 {
      unsafe starts = UnsafePointer(fields.starts.base)
      unsafe startStride = 1
    } else {
      unsafe starts = UnsafePointer(fields.ends.base + (column - 1))
      unsafe startStride = fields.columns
    }
    unsafe ends = UnsafePointer(fields.ends.base + column)
    unsafe endStride = fields.columns
    unsafe rows = fields.rows
    unsafe self.quote = quote ?? 0
    unsafe escape = quote ?? 0
    unsafe looksForQuotes = fields.hasQuotes && quote != nil
    unsafe looksForWords = nulls.lengths != 0
    unsafe quotedEmptyIsNull = nulls.quotedEmpty
    let last = fields.ends.isEmpty ? 0 : fields.ends[fields.ends.count - 1]
    unsafe allowsLanes = nulls.lengths == 0 && last < UInt32(Int32.max) && readout_reads_fields() != 0
  }

  /// The fields from row `row` on for the functions that read eight at a time.
  func lanes(from row: Int) -> readout_column {
    unsafe readout_column(
      text: text, starts: starts + row &* startStride, start_stride: startStride, ends: ends + row &* endStride,
      end_stride: endStride)
  }

  /// The value of row `row`, below `rows`. `nulls` are those that the cursor was made with.
  @inline(__always)
  func value(_ row: Int, _ nulls: NullWords) -> Value {
    let from = unsafe starts[row &* startStride] &+ 1
    let start = unsafe text + Int(from)
    // A field that its record lacks ends before it starts.
    let length = unsafe Int(ends[row &* endStride]) &- Int(from)
    if length <= 0 { return unsafe Value(start: start, length: 0, isNull: true, isQuoted: false) }
    if unsafe looksForQuotes {
      if unsafe start[0] == quote, length >= 2, unsafe start[length &- 1] == quote {
        return unsafe checked(start + 1, length &- 2, isQuoted: true, nulls)
      }
    }
    return unsafe checked(start, length, isQuoted: false, nulls)
  }

  @inline(__always)
  private func checked(_ start: UnsafePointer<UInt8>, _ length: Int, isQuoted: Bool, _ nulls: NullWords) -> Value {
    var isNull = unsafe length == 0 ? quotedEmptyIsNull : false
    if unsafe looksForWords, unsafe nulls.contains(start, length) { isNull = true }
    return unsafe Value(start: start, length: length, isNull: isNull, isQuoted: isQuoted)
  }
}

/// The fields that are null, beside the empty one.
public struct NullWords: Sendable {
  let words: [[UInt8]]
  /// Bit n is set where a word of n bytes exists (n at most 63).
  let lengths: UInt64
  /// Whether a quoted empty field is null.
  public let quotedEmpty: Bool

  public init(_ words: [[UInt8]], quotedEmpty: Bool) {
    self.words = words.filter { !$0.isEmpty }
    self.quotedEmpty = quotedEmpty
    lengths = self.words.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether a value of at least one byte is among the words.
  @inline(__always) @unsafe
  func contains(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    if lengths &>> UInt64(truncatingIfNeeded: min(length, 63)) & 1 == 0 { return false }
    return unsafe search(start, length)
  }

  @inline(never) @unsafe
  private func search(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for word in words where word.count == length {
      if unsafe word.withUnsafeBufferPointer({ unsafe memoryCompare($0.baseAddress!, start, length) == 0 }) {
        return true
      }
    }
    return false
  }
}
