import CVectors

extension IntegerBuffer {
  /// Takes the integers of a column from row `row` on; the first row that holds none (`fields.rows` where all do).
  public mutating func appendIntegers(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, nulls: NullWords, quote: UInt8?
  ) -> Int {
    precondition(count + fields.rows - row <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, nulls, quote: quote)
    // Sound: the cursor's rows, and the room checked above.
    var row = row
    var pacer = unsafe LanePacer(from: row, isAllowed: cursor.allowsLanes)
    while unsafe row < cursor.rows {
      if row == pacer.next {
        let done = unsafe appendLanes(cursor, from: row, readout_integers)
        row &+= done
        pacer.stopped(at: row, after: done)
        if unsafe row == cursor.rows { break }
      }
      let field = unsafe cursor.value(row, nulls)
      if field.isNull {
        unsafe appendNull(unchecked: ())
      } else if let value = unsafe Self.integer(field.start, field.length) {
        unsafe append(unchecked: value)
      } else {
        return row
      }
      row &+= 1
    }
    return fields.rows
  }

  /// The integer that some bytes are in the form of `DecimalText`; eight bytes from the start are readable.
  @inline(__always) @unsafe
  private static func integer(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    if length &- 1 < 16, length > 0 {
      let low = unsafe EightDigits(start + max(0, length &- 8), min(length, 8))
      if low.areDigits, unsafe length == 1 || start[0] != 0x30 {
        if length <= 8 { return low.value }
        let high = unsafe EightDigits(start, length &- 8)
        if high.areDigits { return high.value &* 100_000_000 &+ low.value }
      }
    }
    return unsafe DecimalText.integer(Span(_unsafeStart: start, count: length))
  }
}

/// Up to eight ASCII digits in one word, the first digit in the lowest used byte.
struct EightDigits {
  private let word: UInt64

  /// Reads eight bytes, of which `length` (1 to 8) count.
  @inline(__always) @unsafe
  init(_ start: UnsafePointer<UInt8>, _ length: Int) {
    let loaded = unsafe UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    word = (loaded ^ 0x3030_3030_3030_3030) &<< UInt64(truncatingIfNeeded: (8 &- length) &* 8)
  }

  @inline(__always)
  var areDigits: Bool { (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 }

  /// The number; bytes that do not count are zeros in front.
  @inline(__always)
  var value: Int64 {
    let pairs = word &* 10 &+ (word &>> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return Int64(truncatingIfNeeded: (low &+ high) &>> 32)
  }
}
