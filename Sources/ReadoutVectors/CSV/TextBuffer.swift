/// Strings of a chunk as bytes while it is parsed.
@safe
public struct TextBuffer: ~Copyable {
  private var offsets: MutableVector<UInt32>
  private var bytes: MutableVector<UInt8>
  private var validity: ValidityBuffer
  private var quoted = QuotedText()
  /// Bytes of the block whose memory has been asked for, some together.
  private var fetched = 0
  private static let fetchedAtOnce = 1 << 20
  /// Rows that a chunk has at most.
  public let rows: Int
  public private(set) var count = 0

  /// For chunks of at most `rows` rows; room for `bytes` bytes is made at once.
  public init(rows: Int, bytes: Int = 0) {
    self.rows = rows
    offsets = MutableVector(capacity: rows + 1)
    offsets.append(0)
    self.bytes = MutableVector(capacity: bytes)
    validity = ValidityBuffer(rows: rows)
  }

  /// Takes the strings of a column, all its rows. The text of a chunk must stay below 4 GiB.
  public mutating func appendStrings(
    _ fields: borrowing FieldIndex, _ text: PaddedBytes, column: Int, nulls: NullWords, quote: UInt8?
  ) {
    precondition(count + fields.rows <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, text, column: column, nulls, quote: quote)
    let extent =
      fields.rowCapacity > 0 ? fields.extent : fields.ends.isEmpty ? 0 : Int(fields.ends[fields.ends.count - 1])
    fetch(upTo: bytes.count + extent)
    // Sound: the cursor's rows; fields lie inside the text.
    for row in unsafe 0..<cursor.rows {
      let field = unsafe cursor.value(row, nulls)
      if field.isNull {
        validity.setNull(count)
      } else if field.isQuoted, unsafe QuotedText.needsUnquoting(field.start, field.length, cursor.escape) {
        let (start, length) = unsafe quoted.unquoted(field.start, field.length, cursor)
        unsafe bytes.append(contentsOf: Span(_unsafeStart: start, count: length))
      } else {
        unsafe bytes.append(contentsOf: Span(_unsafeStart: field.start, count: field.length))
      }
      offsets.append(UInt32(truncatingIfNeeded: bytes.count))
      count &+= 1
    }
    precondition(bytes.count <= Int(UInt32.max), "a chunk holds at most 4 GiB of text")
  }

  /// Gets memory for `wanted` bytes, of which some are about to be written.
  private mutating func fetch(upTo wanted: Int) {
    guard wanted > fetched, bytes.capacity >= Self.fetchedAtOnce else { return }
    let end = min(wanted + Self.fetchedAtOnce, bytes.capacity)
    unsafe Pages.fetch(UInt(bitPattern: bytes.base) + UInt(fetched), end - fetched)
    fetched = end
  }

  /// Ends the chunk; a null row is an empty string.
  public consuming func freeze() -> (strings: StringVector, validity: Bitmap?) {
    let validity = self.validity.take(count)
    // The end of a large block that was never written has no memory behind it, and a copy would want some.
    let isFull = bytes.capacity - bytes.count <= bytes.capacity / 3 && bytes.capacity > Self.fetchedAtOnce * 2
    let offsets = self.offsets.freezeCompact()
    return (StringVector(offsets: offsets, bytes: isFull ? bytes.freeze() : bytes.freezeCompact()), validity)
  }
}
