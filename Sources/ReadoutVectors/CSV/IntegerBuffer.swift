import CVectors

/// Integers, days or microseconds of a chunk while it is parsed.
@safe
public struct IntegerBuffer: ~Copyable {
  // Sound: `values` has room for `rows` elements, and `count` never passes `rows`.
  var values: MutableVector<Int64>
  var validity: ValidityBuffer
  /// Rows that a chunk has at most.
  public let rows: Int
  public internal(set) var count = 0
  var smallest = Int64.max
  var largest = Int64.min

  /// For chunks of at most `rows` rows.
  public init(rows: Int) {
    self.rows = rows
    values = MutableVector(uninitializedCount: rows)
    validity = ValidityBuffer(rows: rows)
  }

  public mutating func append(_ value: Int64) {
    precondition(count < rows, "chunk is full")
    unsafe append(unchecked: value)
  }

  public mutating func appendNull() {
    precondition(count < rows, "chunk is full")
    unsafe appendNull(unchecked: ())
  }

  @inline(__always) @unsafe
  mutating func append(unchecked value: Int64) {
    unsafe values.base[count] = value
    count &+= 1
    smallest = value < smallest ? value : smallest
    largest = value > largest ? value : largest
  }

  @inline(__always) @unsafe
  mutating func appendNull(unchecked: Void) {
    validity.setNull(count)
    unsafe values.base[count] = 0
    count &+= 1
  }

  /// What reads eight fields at a time, as `readout_integers` does.
  typealias LaneReader = (
    UnsafePointer<readout_column>, Int, UnsafeMutablePointer<Int64>, UnsafeMutablePointer<UInt8>,
    UnsafeMutablePointer<Int64>, UnsafeMutablePointer<Int64>
  ) -> Int

  /// Takes the rows from `row` on as far as `read` takes them; how many. There must be room for all of the cursor's rows.
  @inline(__always) @unsafe
  mutating func appendLanes(_ cursor: FieldCursor, from row: Int, _ read: LaneReader) -> Int {
    var done = 0
    while true {
      let wanted = unsafe min(cursor.rows &- row &- done, LanePacer.rows) & ~7
      if wanted == 0 { return done }
      var column = unsafe cursor.lanes(from: row &+ done)
      let got = unsafe read(&column, wanted, values.base + count, validity.lanes.base, &smallest, &largest)
      validity.takeLanes(got, first: count)
      count &+= got
      done &+= got
      if got < wanted { return done }
    }
  }

  /// A finished chunk: `offsets` over `base` in the narrowest width, and the smallest and largest value, nil where all are null.
  public struct Chunk: Sendable {
    public enum Offsets: Sendable {
      case bits8(Vector<UInt8>)
      case bits16(Vector<UInt16>)
      case bits32(Vector<UInt32>)
      case bits64(Vector<Int64>)
    }
    public let offsets: Offsets
    public let base: Int64
    public let bounds: ClosedRange<Int64>?
    public let validity: Bitmap?
    public let count: Int
  }

  /// Ends the chunk; a null row holds the smallest value. The buffer starts anew.
  public mutating func take() -> Chunk {
    let bounds = smallest <= largest ? smallest...largest : nil
    let base = bounds?.lowerBound ?? 0
    let validity = validity.take(count)
    if let validity, base != 0 {
      for i in 0..<count where !validity[i] { values[i] = base }
    }
    let (width, overflow) = (bounds?.upperBound ?? 0).subtractingReportingOverflow(base)
    let offsets: Chunk.Offsets
    if overflow || width > Int64(UInt32.max) {
      offsets = .bits64(narrowed(over: 0))
    } else if width > Int64(UInt16.max) {
      offsets = .bits32(narrowed(over: base))
    } else if width > Int64(UInt8.max) {
      offsets = .bits16(narrowed(over: base))
    } else {
      offsets = .bits8(narrowed(over: base))
    }
    let isWide = if case .bits64 = offsets { true } else { false }
    let chunk = Chunk(offsets: offsets, base: isWide ? 0 : base, bounds: bounds, validity: validity, count: count)
    (count, smallest, largest) = (0, .max, .min)
    return chunk
  }

  private func narrowed<I: FixedWidthInteger & BitwiseCopyable & Sendable>(over base: Int64) -> Vector<I> {
    let source = unsafe values.base
    return Vector(count: count) { i in unsafe I(truncatingIfNeeded: source[i] &- base) }
  }
}
