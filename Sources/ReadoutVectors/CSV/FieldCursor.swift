/// One column of a `FieldIndex` as its kernels walk it.
///
/// Sound as long as the index and the text live: field `r` lies inside the text, behind which 64 bytes are readable.
@unsafe struct FieldCursor {
  let text: UnsafePointer<UInt8>
  let starts: UnsafePointer<UInt32>
  let startStride: Int
  let ends: UnsafePointer<UInt32>
  let endStride: Int
  let rows: Int
  let quote: UInt8
  /// Whether fields may be quoted at all.
  let looksForQuotes: Bool

  init(_ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, quote: UInt8?) {
    precondition(column >= 0 && column < fields.columns && fields.ends.count >= fields.rows * fields.columns)
    unsafe text = bytes.vector.base + fields.origin
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
    unsafe looksForQuotes = fields.hasQuotes && quote != nil
  }

  /// A field's bytes, quotes included; a lacking field has a negative length.
  @inline(__always)
  func raw(_ row: Int) -> (start: UnsafePointer<UInt8>, length: Int) {
    let start = unsafe Int(starts[row &* startStride] &+ 1)
    let end = unsafe Int(ends[row &* endStride])
    return unsafe (text + start, end &- start)
  }

  /// Whether the field is a quoted one, and so its value lies inside its first and last byte.
  @inline(__always)
  func isQuoted(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    unsafe looksForQuotes && start[0] == quote && length >= 2 && start[length &- 1] == quote
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
      if unsafe word.withUnsafeBufferPointer({ unsafe memoryCompare($0.baseAddress!, start, length) == 0 }) { return true }
    }
    return false
  }
}
