import CVectors

extension IntegerBuffer {
  /// Takes the ISO dates of a column (`2025-11-04`) as days since 1970; the first row that holds none.
  public mutating func appendDays(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, nulls: NullWords, quote: UInt8?
  ) -> Int {
    precondition(count + fields.rows - row <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, nulls, quote: quote)
    // Sound: the cursor's rows, and the room checked above; 10 bytes are read only of a field that has them.
    var row = row
    var pacer = unsafe LanePacer(from: row, isAllowed: cursor.allowsLanes)
    while unsafe row < cursor.rows {
      if row == pacer.next {
        let done = unsafe appendLanes(cursor, from: row, readout_days)
        row &+= done
        pacer.stopped(at: row, after: done)
        if unsafe row == cursor.rows { break }
      }
      let field = unsafe cursor.value(row, nulls)
      if field.isNull {
        unsafe appendNull(unchecked: ())
      } else if field.length == 10, let day = unsafe ISODay.number(field.start) {
        unsafe append(unchecked: day)
      } else {
        return row
      }
      row &+= 1
    }
    return fields.rows
  }
}

/// Ten bytes as a date.
enum ISODay {
  /// Days since 1970-01-01 of `YYYY-MM-DD`; nil where it is none or no such day exists.
  @inline(__always) @unsafe
  static func number(_ start: UnsafePointer<UInt8>) -> Int64? {
    let raw = unsafe UnsafeRawPointer(start)
    // Exclusive or leaves digits as 0 to 9, and 0 where a dash stands in its place.
    let head = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ 0x2D30_302D_3030_3030
    let tail = unsafe UInt64(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)) ^ 0x3030)
    let strays = (head | (head &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 | head & 0xFF00_00FF_0000_0000
    let tailStrays = (tail | (tail &+ 0x0606)) & 0xF0F0
    guard strays | tailStrays == 0 else { return nil }
    let bytes = Int64(truncatingIfNeeded: head)
    let year = (bytes & 0xF) &* 1000 &+ (bytes &>> 8 & 0xF) &* 100 &+ (bytes &>> 16 & 0xF) &* 10 &+ (bytes &>> 24 & 0xF)
    let month = (bytes &>> 40 & 0xF) &* 10 &+ (bytes &>> 48 & 0xF)
    let day = Int64(tail & 0xF) &* 10 &+ Int64(tail &>> 8 & 0xF)
    guard month &- 1 < 12, month > 0, day > 0, day <= daysInMonth(month, year) else { return nil }
    // Days from March on, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain); years from 0 to 9999.
    let shifted = month <= 2 ? year &+ 399 : year &+ 400
    let fromMarch = month > 2 ? month &- 3 : month &+ 9
    return shifted &* 365 &+ shifted / 4 &- shifted / 100 &+ shifted / 400 &+ (153 &* fromMarch &+ 2) / 5 &+ day &- 1
      &- 719_468 &- 146_097
  }

  @inline(__always)
  private static func daysInMonth(_ month: Int64, _ year: Int64) -> Int64 {
    if month == 2 { return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    // Long months in turn, with July and August both long.
    return 30 &+ ((month &+ (month &>> 3)) & 1)
  }
}
