/// Codes of a chunk's strings while it is parsed.
@safe
public struct CodeBuffer: ~Copyable {
  // Sound: `codes` has room for `rows` elements, and `count` never passes `rows`.
  private var codes: MutableVector<UInt32>
  private var validity: ValidityBuffer
  private var quoted = QuotedText()
  private var keys: MutableVector<FieldInterner.Key>
  /// Rows whose slots are asked for ahead.
  private static let group = 32
  /// Rows that a chunk has at most.
  public let rows: Int
  public private(set) var count = 0

  /// For chunks of at most `rows` rows.
  public init(rows: Int) {
    self.rows = rows
    codes = MutableVector(uninitializedCount: rows)
    keys = MutableVector(uninitializedCount: min(rows, Self.group))
    validity = ValidityBuffer(rows: rows)
  }

  /// Takes the strings of a column, all its rows.
  public mutating func appendStrings(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, nulls: NullWords, quote: UInt8?,
    _ interner: inout FieldInterner
  ) {
    precondition(count + fields.rows <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, nulls, quote: quote)
    // Sound: the cursor's rows, and the room checked above; `keys` has room for a group.
    var first = 0
    while unsafe first < cursor.rows {
      let end = unsafe min(first &+ Self.group, cursor.rows)
      let looksAhead = interner.isLarge
      if looksAhead {
        for row in first..<end {
          let field = unsafe cursor.value(row, nulls)
          if field.length > FieldInterner.inlineBytes { continue }
          let key = unsafe FieldInterner.Key(field.start, field.length)
          interner.prefetch(key)
          unsafe keys.base[row &- first] = key
        }
      }
      for row in first..<end {
        let field = unsafe cursor.value(row, nulls)
        let code: UInt32
        if field.isNull {
          validity.setNull(count)
          code = 0
        } else if field.isQuoted, unsafe QuotedText.needsUnquoting(field.start, field.length, cursor.escape) {
          let (start, length) = unsafe quoted.unquoted(field.start, field.length, cursor)
          code = unsafe interner.intern(start, length)
        } else if looksAhead, field.length <= FieldInterner.inlineBytes {
          code = unsafe interner.intern(keys.base[row &- first], field.start, field.length)
        } else {
          code = unsafe interner.intern(field.start, field.length)
        }
        unsafe codes.base[count] = code
        count &+= 1
      }
      first = end
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

  /// Each code replaced by its entry in `table`, in the width that `distinct` strings need. Where that is the width they have and nobody else
  /// has them, they are replaced where they are.
  public consuming func mapped(_ table: Vector<UInt32>, distinct: Int) -> NarrowCodes {
    switch consume self {
    case .bits8(var codes):
      if distinct <= 1 << 8, codes.replace(by: table) { return .bits8(codes) }
      return Self.map(codes, table, distinct)
    case .bits16(var codes):
      if distinct > 1 << 8, distinct <= 1 << 16, codes.replace(by: table) { return .bits16(codes) }
      return Self.map(codes, table, distinct)
    case .bits32(var codes):
      if distinct > 1 << 16, codes.replace(by: table) { return .bits32(codes) }
      return Self.map(codes, table, distinct)
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
      return .bits8(
        Vector(count: count) { i in unsafe UInt8(truncatingIfNeeded: to[Int(truncatingIfNeeded: source[i])]) })
    }
    if distinct <= 1 << 16 {
      return .bits16(
        Vector(count: count) { i in unsafe UInt16(truncatingIfNeeded: to[Int(truncatingIfNeeded: source[i])]) })
    }
    return .bits32(Vector(count: count) { i in unsafe to[Int(truncatingIfNeeded: source[i])] })
  }
}

extension Vector where Element: FixedWidthInteger {
  /// Replaces each code by its entry in `table`, cut to this width; false, and nothing changed, where others share the memory.
  fileprivate mutating func replace(by table: Vector<UInt32>) -> Bool {
    guard isUnshared else { return false }
    precondition(allBelow(table.count), "code out of its table")
    let (place, entries) = unsafe (UnsafeMutablePointer(mutating: base), table.base)
    // Sound: nobody else holds the memory, which was written by a `MutableVector`, and codes are below the table's count: just checked.
    for i in 0..<count {
      unsafe place[i] = Element(truncatingIfNeeded: entries[Int(truncatingIfNeeded: place[i])])
    }
    return true
  }
}
