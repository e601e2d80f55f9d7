import CJSON

/// Where the values of some consecutive JSON records stand, filed by column.
///
/// A column is a path of keys, joined with dots; it gets its number when it is first met, and keeps it. The values of a record are taken all, or
/// none: a record at fault is a row without values.
@safe
public struct JSONIndex: ~Copyable {
  /// How records follow each other.
  public enum Form: Sendable {
    /// One object a line.
    case lines
    /// Objects with blanks, line ends or commas between them.
    case elements
  }

  /// A record that cannot be taken.
  public struct Problem: Sendable {
    /// Its number in the index.
    public let row: Int
    /// Its bytes in the text.
    public let record: Range<Int>
    /// Where it goes wrong.
    public let offset: Int
    public let fault: JSONFault
  }

  /// Rows of a batch at most. No power of two, which would put all columns into the same few places of the processor's cache.
  public static let rows = 1040

  // Sound: made here, freed in deinit, and not handed out.
  private let handle: OpaquePointer
  private var kindBits = MutableVector<UInt8>()
  /// The values, as kernels read them.
  public private(set) var fields = FieldIndex()
  public private(set) var problems: [Problem] = []

  public init() {
    guard let handle = unsafe readout_json_columns_create() else { fatalError("out of memory") }
    unsafe self.handle = handle
    fields.rowCapacity = Self.rows
    fields.columns = 0
    fields.hasQuotes = true
    addColumns()
  }

  deinit { unsafe readout_json_columns_destroy(handle) }

  /// Columns met so far.
  public var columnCount: Int { unsafe readout_json_columns_count(handle) }

  public func name(_ column: Int) -> String {
    precondition(column >= 0 && column < columnCount)
    var length = 0
    // Sound: the name stays where it is until the next record is read.
    let name = unsafe readout_json_column_name(handle, column, &length)
    return unsafe String(decoding: UnsafeBufferPointer(start: name, count: length), as: UTF8.self)
  }

  /// Forgets which columns were met.
  public mutating func beginChunk() { unsafe readout_json_columns_begin(handle) }

  /// The columns that records had since then, nulls too, in the order of their first appearance.
  public var met: [Int] {
    var count = 0
    // Sound: so many numbers stand there until the next record is read.
    let numbers = unsafe readout_json_columns_met(handle, &count)
    return unsafe UnsafeBufferPointer(start: numbers, count: count).map { Int($0) }
  }

  /// The kinds of values that the batch has in a column.
  public func kinds(_ column: Int) -> JSONKinds { JSONKinds(rawValue: column < kindBits.count ? kindBits[column] : 0) }

  /// Indexes the records from `from` on, where one begins or blanks stand: as many as a batch holds, none beyond `limit`.
  ///
  /// With `isCut`, the text goes on behind `limit` and has lines: one that reaches there is left out. Returns where to go on; `from` where not even
  /// one line ends before `limit`. `limit - from` is below 4 GiB.
  public mutating func fill(_ bytes: PaddedBytes, from: Int, to limit: Int, _ form: Form, isCut: Bool = false) -> Int {
    precondition(from >= 0 && from <= limit && limit <= bytes.count && limit - from < Int(UInt32.max))
    clear()
    var end = limit
    if isCut {
      guard let last = bytes.vector.span.extracting(from..<limit).last(of: 0x0A) else { return from }
      end = from + last + 1
    }
    fields.origin = from
    fields.extent = end - from
    var batch = unsafe readout_json_batch()
    unsafe batch.row_capacity = Self.rows
    var at = 0
    while true {
      unsafe batch.starts = fields.starts.base
      unsafe batch.ends = fields.ends.base
      unsafe batch.kinds = kindBits.base
      unsafe batch.column_capacity = fields.columns
      // Sound: the three have room for as many columns; 64 bytes behind the text are readable.
      let text = unsafe bytes.vector.base + from
      let stop =
        unsafe form == .lines
        ? readout_json_read_lines(handle, &batch, text, at, end - from)
        : readout_json_read_elements(handle, &batch, text, at, end - from)
      at = stop.next
      if stop.fault == READOUT_JSON_ROOM {
        addColumns()
        continue
      }
      guard stop.fault != READOUT_JSON_VALID else { break }
      unsafe problems.append(
        Problem(
          row: Int(batch.rows) - 1, record: from + stop.record..<from + stop.record_end, offset: from + stop.fault_at,
          fault: JSONFault(stop.fault)))
    }
    fields.rows = unsafe Int(batch.rows)
    return from + at
  }

  /// Every field that the last batch may have filled is missing again.
  private mutating func clear() {
    problems.removeAll(keepingCapacity: true)
    for column in 0..<min(columnCount, fields.columns) {
      kindBits[column] = 0
      // Sound: both have `rows` elements for each of `fields.columns` columns.
      unsafe (fields.starts.base + column * Self.rows).update(repeating: 0, count: fields.rows)
      unsafe (fields.ends.base + column * Self.rows).update(repeating: 0, count: fields.rows)
    }
    fields.rows = 0
  }

  /// Room for twice as many columns. Columns lie one behind the other, so those that are there stay where they are.
  private mutating func addColumns() {
    let columns = max(16, fields.columns * 2)
    fields.starts.resize(to: columns * Self.rows, filling: 0)
    fields.ends.resize(to: columns * Self.rows, filling: 0)
    kindBits.resize(to: columns, filling: 0)
    fields.columns = columns
  }

  /// An index of one column and so many rows, at most `rows`, all of them missing.
  public static func missing(rows count: Int) -> FieldIndex {
    precondition(count <= rows)
    var index = FieldIndex()
    index.rowCapacity = rows
    index.hasQuotes = true
    index.starts.resize(to: rows, filling: 0)
    index.ends.resize(to: rows, filling: 0)
    index.rows = count
    return index
  }
}

/// The kinds of values that a column of JSON has.
public struct JSONKinds: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let number = JSONKinds(rawValue: UInt8(READOUT_JSON_IS_NUMBER))
  public static let boolean = JSONKinds(rawValue: UInt8(READOUT_JSON_IS_BOOLEAN))
  public static let string = JSONKinds(rawValue: UInt8(READOUT_JSON_IS_STRING))
  /// An array of strings, numbers and booleans.
  public static let list = JSONKinds(rawValue: UInt8(READOUT_JSON_IS_LIST))
  /// Any other array.
  public static let nested = JSONKinds(rawValue: UInt8(READOUT_JSON_IS_NESTED))
}
