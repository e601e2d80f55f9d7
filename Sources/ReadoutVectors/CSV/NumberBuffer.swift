import CVectors

/// Numbers of a chunk while it is parsed.
@safe
public struct NumberBuffer: ~Copyable {
  // Sound: `values` has room for `rows` elements, and `count` never passes `rows`.
  private var values: MutableVector<Double>
  private var validity: ValidityBuffer
  /// Rows that a chunk has at most.
  public let rows: Int
  public private(set) var count = 0
  /// Whether an integer beyond 2^53 was met, whose double is another number.
  public private(set) var sawWideInteger = false

  /// For chunks of at most `rows` rows.
  public init(rows: Int) {
    self.rows = rows
    values = MutableVector(uninitializedCount: rows)
    validity = ValidityBuffer(rows: rows)
  }

  public mutating func append(_ value: Double) {
    precondition(count < rows, "chunk is full")
    values[count] = value
    count += 1
  }

  public mutating func appendNull() {
    precondition(count < rows, "chunk is full")
    unsafe appendNull(unchecked: ())
  }

  @inline(__always) @unsafe
  private mutating func appendNull(unchecked: Void) {
    validity.setNull(count)
    unsafe values.base[count] = 0
    count &+= 1
  }

  /// Takes the numbers of a column from row `row` on; the first row that holds none (`fields.rows` where all do).
  public mutating func appendNumbers(
    _ fields: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, nulls: NullWords, quote: UInt8?
  ) -> Int {
    precondition(count + fields.rows - row <= rows, "chunk is full")
    let cursor = unsafe FieldCursor(fields, bytes, column: column, nulls, quote: quote)
    var value = 0.0
    // Sound: the cursor's rows, and the room checked above.
    var row = row
    var pacer = unsafe LanePacer(from: row, isAllowed: cursor.allowsLanes)
    while unsafe row < cursor.rows {
      if row == pacer.next {
        let done = unsafe appendLanes(cursor, from: row)
        row &+= done
        pacer.stopped(at: row, after: done)
        if unsafe row == cursor.rows { break }
      }
      let field = unsafe cursor.value(row, nulls)
      if field.isNull {
        unsafe appendNull(unchecked: ())
        row &+= 1
        continue
      }
      let form = field.length == 0 ? .none : unsafe DecimalText.read(field.start, field.length, &value)
      if form == .none { return row }
      if form == .wideInteger { sawWideInteger = true }
      unsafe values.base[count] = value
      count &+= 1
      row &+= 1
    }
    return fields.rows
  }

  /// As `IntegerBuffer.appendLanes`.
  @unsafe
  private mutating func appendLanes(_ cursor: FieldCursor, from row: Int) -> Int {
    var done = 0
    while true {
      let wanted = unsafe min(cursor.rows &- row &- done, LanePacer.rows) & ~7
      if wanted == 0 { return done }
      var column = unsafe cursor.lanes(from: row &+ done)
      let got = unsafe readout_numbers(&column, wanted, values.base + count, validity.lanes.base)
      validity.takeLanes(got, first: count)
      count &+= got
      done &+= got
      if got < wanted { return done }
    }
  }

  /// A finished chunk.
  public struct Chunk: Sendable {
    public let values: Vector<Double>
    /// NaN left out; nil where there is no other value.
    public let bounds: ClosedRange<Double>?
    public let validity: Bitmap?
  }

  /// Ends the chunk; the buffer starts anew.
  public mutating func take() -> Chunk {
    let validity = validity.take(count)
    var smallest = Double.infinity
    var largest = -Double.infinity
    var any = false
    for i in 0..<count where validity?[i] ?? true {
      let value = unsafe values.base[i]
      if value.isNaN { continue }
      any = true
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
    let source = unsafe values.base
    let taken = Vector<Double>(count: count) { i in unsafe source[i] }
    count = 0
    sawWideInteger = false
    return Chunk(values: taken, bounds: any ? smallest...largest : nil, validity: validity)
  }
}
