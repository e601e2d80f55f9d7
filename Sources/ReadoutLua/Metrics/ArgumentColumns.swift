import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// The arguments of a batch as the bridge reads them, in the types that the metric's parameters have.
///
/// Holds on to the vectors that its columns point into.
@safe struct ArgumentColumns {
  private(set) var columns: [bridge_column]
  private var owners: [Any] = []

  /// `interned` gives the table of a dictionary's strings in the state; nil where there is to be none.
  init(
    _ arguments: [Values], as types: [DataType], interned: (StringDictionary) throws(ReadoutError) -> LuaReference?
  ) throws(ReadoutError) {
    unsafe columns = []
    for (values, type) in zip(arguments, types) { try add(values, type, interned) }
  }

  private mutating func add(
    _ values: Values, _ type: DataType, _ interned: (StringDictionary) throws(ReadoutError) -> LuaReference?
  ) throws(ReadoutError) {
    var column = unsafe bridge_column()
    if case .null = values.payload {
      unsafe column.kind = Int32(BRIDGE_COLUMN_NULL)
      unsafe columns.append(column)
      return
    }
    var values = values
    if values.constant != nil, values.count != 1 {
      values = Values(repeating: values.constant!, type: values.type, count: 1)
    }
    unsafe column.is_constant = values.constant != nil
    switch type {
    case .integer: unsafe set(&column, BRIDGE_COLUMN_INTEGERS, values.integers)
    case .date: unsafe set(&column, BRIDGE_COLUMN_DATES, values.integers)
    case .timestamp: unsafe set(&column, BRIDGE_COLUMN_TIMESTAMPS, values.integers)
    case .number: unsafe set(&column, BRIDGE_COLUMN_NUMBERS, values.numbers)
    case .boolean: unsafe set(&column, BRIDGE_COLUMN_BOOLEANS, values.booleans)
    case .string, .text:
      if case .coded(let codes, let dictionary) = values.payload {
        unsafe column.kind = Int32(BRIDGE_COLUMN_CODES)
        unsafe column.codes = unsafe pointer(codes)
        unsafe setStrings(&column, dictionary.strings)
        unsafe column.cache = keep(try interned(dictionary))
      } else {
        unsafe column.kind = Int32(BRIDGE_COLUMN_STRINGS)
        unsafe setStrings(&column, values.strings)
      }
    case .list:
      let lists = values.lists
      unsafe column.kind = Int32(BRIDGE_COLUMN_LISTS)
      unsafe column.list_starts = unsafe pointer(lists.starts)
      unsafe column.list_ends = unsafe pointer(lists.ends)
      unsafe column.codes = unsafe pointer(lists.items)
      unsafe setStrings(&column, lists.dictionary.strings)
      unsafe column.cache = keep(try interned(lists.dictionary))
    }
    if let validity = values.validity { unsafe column.validity = unsafe pointer(validity.words) }
    unsafe columns.append(column)
  }

  private mutating func set<Element>(_ column: inout bridge_column, _ kind: Int, _ vector: Vector<Element>) {
    unsafe column.kind = Int32(kind)
    unsafe column.data = unsafe UnsafeRawPointer(pointer(vector))
  }

  private mutating func setStrings(_ column: inout bridge_column, _ strings: StringVector) {
    unsafe column.starts = unsafe pointer(strings.starts)
    unsafe column.ends = unsafe pointer(strings.ends)
    unsafe column.bytes = unsafe pointer(strings.bytes)
  }

  private mutating func keep(_ reference: LuaReference?) -> Int32 {
    guard let reference else { return 0 }
    owners.append(reference)
    return reference.number
  }

  /// The vector's memory, which stays as long as these columns do.
  private mutating func pointer<Element>(_ vector: Vector<Element>) -> UnsafePointer<Element>? {
    owners.append(vector)
    return unsafe vector.withUnsafeBufferPointer { $0.baseAddress }
  }

  /// Calls `body` with the batch, valid inside only. `present` are the rows to be called; nil is all.
  func withBatch<R>(
    count: Int, present: Bitmap?, rowTable: LuaReference? = nil, rowKeys: LuaReference? = nil,
    _ body: (bridge_batch) -> R
  ) -> R {
    unsafe columns.withUnsafeBufferPointer { columns in
      let words = present?.words ?? Vector<UInt64>()
      return unsafe words.withUnsafeBufferPointer { words in
        unsafe body(
          bridge_batch(
            columns: columns.baseAddress, column_count: Int32(columns.count), count: count,
            present: present == nil ? nil : words.baseAddress, row_table: rowTable?.number ?? 0,
            row_keys: rowKeys?.number ?? 0, first_row: 0, selection: nil))
      }
    }
  }
}
