extension IntegerBuffer {
  /// Takes the integers of a column from row `row` on; the first row that holds none (`fields.rows` where all do).
  public mutating func appendIntegers(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, nulls: NullWords, quote: UInt8?
  ) -> Int {
    precondition(count + fields.rows - row <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, nulls, quote: quote)
    // Sound: the cursor's rows, and the room checked above.
    for row in unsafe row..<cursor.rows {
      let field = unsafe cursor.value(row, nulls)
      if field.isNull {
        unsafe appendNull(unchecked: ())
        continue
      }
      if field.length &- 1 < 8, field.length > 0 {
        let digits = unsafe EightDigits(field.start, field.length)
        if digits.areDigits {
          if unsafe field.start[0] == 0x30, field.length > 1 { return row }
          unsafe append(unchecked: digits.value)
          continue
        }
      }
      guard let value = unsafe DecimalText.integer(Span(_unsafeStart: field.start, count: field.length)) else {
        return row
      }
      unsafe append(unchecked: value)
    }
    return fields.rows
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
