/// Codes of a chunk's strings while it is parsed.
@safe
public struct CodeBuffer: ~Copyable {
  // Sound: `codes` has room for `rows` elements, and `count` never passes `rows`.
  private var codes: MutableVector<UInt32>
  private var validity: ValidityBuffer
  private var quoted = QuotedText()
  /// Rows that a chunk has at most.
  public let rows: Int
  public private(set) var count = 0

  /// For chunks of at most `rows` rows.
  public init(rows: Int) {
    self.rows = rows
    codes = MutableVector(uninitializedCount: rows)
    validity = ValidityBuffer(rows: rows)
  }

  /// Takes the strings of a column, all its rows.
  public mutating func appendStrings(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, nulls: NullWords, quote: UInt8?,
    _ interner: inout FieldInterner
  ) {
    precondition(count + fields.rows <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, quote: quote)
    let hasWords = nulls.lengths != 0
    // Sound: the cursor's rows, and the room checked above.
    for row in unsafe 0..<cursor.rows {
      var (start, length) = unsafe cursor.raw(row)
      var isNull = length <= 0
      if !isNull, unsafe cursor.isQuoted(start, length) {
        unsafe start += 1
        length &-= 2
        isNull = length == 0 && nulls.quotedEmpty
        if unsafe QuotedText.needsUnquoting(start, length, cursor.quote) {
          unsafe (start, length) = quoted.unquoted(start, length, cursor.quote)
        }
      }
      if hasWords, !isNull, unsafe nulls.contains(start, length) { isNull = true }
      if isNull {
        validity.setNull(count)
        unsafe codes.base[count] = 0
      } else {
        unsafe codes.base[count] = interner.intern(start, length)
      }
      count &+= 1
    }
  }

  /// Ends the chunk: the codes in the width that `distinct` strings need, and the validity. The buffer starts anew.
  public mutating func take(distinct: Int) -> (codes: NarrowCodes, validity: Bitmap?) {
    let source = unsafe codes.base
    let narrow: NarrowCodes
    if distinct <= 1 << 8 {
      narrow = .bits8(Vector(count: count) { i in unsafe UInt8(truncatingIfNeeded: source[i]) })
    } else if distinct <= 1 << 16 {
      narrow = .bits16(Vector(count: count) { i in unsafe UInt16(truncatingIfNeeded: source[i]) })
    } else {
      narrow = .bits32(Vector(count: count) { i in unsafe source[i] })
    }
    let taken = (narrow, validity.take(count))
    count = 0
    return taken
  }
}

/// Codes in the width that they need.
public enum NarrowCodes: Sendable {
  case bits8(Vector<UInt8>)
  case bits16(Vector<UInt16>)
  case bits32(Vector<UInt32>)

  /// Each code replaced by its entry in `table`, in the width that `distinct` strings need.
  public func mapped(_ table: Vector<UInt32>, distinct: Int) -> NarrowCodes {
    switch self {
    case .bits8(let codes): Self.map(codes, table, distinct)
    case .bits16(let codes): Self.map(codes, table, distinct)
    case .bits32(let codes): Self.map(codes, table, distinct)
    }
  }

  private static func map<I: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Vector<I>, _ table: Vector<UInt32>, _ distinct: Int
  ) -> NarrowCodes {
    precondition(codes.allBelow(table.count), "code out of its table")
    let (codes, count) = (codes, codes.count)
    // Sound: checked just above.
    let source = unsafe codes.base
    let to = unsafe table.base
    if distinct <= 1 << 8 {
      return .bits8(Vector(count: count) { i in unsafe UInt8(truncatingIfNeeded: to[Int(truncatingIfNeeded: source[i])]) })
    }
    if distinct <= 1 << 16 {
      return .bits16(Vector(count: count) { i in unsafe UInt16(truncatingIfNeeded: to[Int(truncatingIfNeeded: source[i])]) })
    }
    return .bits32(Vector(count: count) { i in unsafe to[Int(truncatingIfNeeded: source[i])] })
  }
}
