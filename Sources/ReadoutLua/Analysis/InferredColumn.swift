import ReadoutEngine
import ReadoutVectors

/// A column made of Lua values, its type inferred from all of them.
///
/// Integers; numbers where one is a float; booleans; lists of strings; dates (or timestamps) where every string is one in
/// ISO 8601; else strings. Other mixtures are an error that names the row.
struct InferredColumn {
  let values: Values

  init(_ list: [LuaValue], named name: String) throws(ReadoutError) {
    try self.init(list, rows: 0..<list.count, of: list.count, named: name)
  }

  /// - Parameters:
  ///   - rows: The row of each value, ascending.
  ///   - count: How many rows there are; those without a value are null.
  init(
    _ list: [LuaValue], rows: some RandomAccessCollection<Int>, of count: Int, named name: String
  ) throws(ReadoutError) {
    var type: DataType?
    var mixedNumbers = false
    for (row, value) in zip(rows, list) {
      guard let own = try Self.type(of: value, row, name) else { continue }
      if type == nil || type == own {
        type = own
      } else if own.isNumeric, type?.isNumeric == true {
        type = .number
        mixedNumbers = true
      } else {
        throw ReadoutError(
          .request, "column \(name) mixes \(type!.rawValue) and \(own.rawValue)", value: value.text,
          place: .init(detail: "row \(row + 1)"), hint: "give every row the same type")
      }
    }
    if mixedNumbers { try Self.checkExact(list, rows, name) }
    let found = type == .string ? Self.typeOfStrings(list) : type ?? .string
    var present = MutableVector<UInt8>(repeating: 0, count: count)
    var presentCount = 0
    for (row, value) in zip(rows, list) where !value.isNull {
      present[row] = 1
      presentCount += 1
    }
    values = Values(
      type: found, payload: presentCount == 0 ? .null : Self.payload(list, rows, count, found),
      validity: [0, count].contains(presentCount) ? nil : Bitmap(bytes: present.freeze()), count: count)
  }

  /// The values of one type at their rows; strings as the bytes that they are.
  private static func payload(
    _ list: [LuaValue], _ rows: some RandomAccessCollection<Int>, _ count: Int, _ type: DataType
  ) -> Values.Payload {
    switch type {
    case .number: return .numbers(vector(list, rows, count, 0) { $0.number ?? 0 })
    case .integer: return .integers(vector(list, rows, count, 0) { $0.integer ?? 0 })
    case .boolean: return .booleans(vector(list, rows, count, 0) { $0.isTrue ? 1 : 0 })
    case .date: return .integers(vector(list, rows, count, 0) { $0.text.flatMap(Calendar.day(in:)) ?? 0 })
    case .timestamp: return .integers(vector(list, rows, count, 0) { $0.text.flatMap(Calendar.moment(in:)) ?? 0 })
    case .string, .text:
      var strings = StringVectorBuilder()
      for (row, value) in zip(rows, list) {
        guard case .string(let bytes) = value else { continue }
        while strings.count < row { strings.endString() }
        strings.append(bytes.span)
      }
      while strings.count < count { strings.endString() }
      return .strings(strings.freeze())
    case .list:
      var interner = StringInterner()
      var codes = MutableVector<UInt32>()
      var starts = MutableVector<UInt32>(repeating: 0, count: count)
      var ends = MutableVector<UInt32>(repeating: 0, count: count)
      for (row, value) in zip(rows, list) {
        guard case .table(let items, _) = value else { continue }
        starts[row] = UInt32(codes.count)
        for case .string(let bytes) in items { codes.append(interner.intern(bytes.span)) }
        ends[row] = UInt32(codes.count)
      }
      return .lists(
        ListVector(
          starts: starts.freeze(), ends: ends.freeze(), items: codes.freeze(),
          dictionary: StringDictionary(interner.freeze())))
    }
  }

  private static func vector<Element>(
    _ list: [LuaValue], _ rows: some RandomAccessCollection<Int>, _ count: Int, _ none: Element,
    _ element: (LuaValue) -> Element
  ) -> Vector<Element> {
    var elements = MutableVector<Element>(repeating: none, count: count)
    for (row, value) in zip(rows, list) where !value.isNull { elements[row] = element(value) }
    return elements.freeze()
  }

  /// What a column of one type comes to that a lifted function computed: strings that are all dates, or timestamps, are those, and a
  /// column without values is one of strings.
  init(_ computed: Values) {
    let count = computed.count
    let present = (0..<count).count { !computed.isNull($0) }
    if present == 0 {
      values = Values(type: .string, payload: .null, count: count)
    } else if computed.type == .string {
      let days = Moments.read(computed, isDate: true, where: computed.validity)
      if let days {
        values = Values(integers: days, type: .date, validity: computed.validity)
      } else if Self.areTimestamps(computed),
        let moments = Moments.read(computed, isDate: false, where: computed.validity)
      {
        values = Values(integers: moments, type: .timestamp, validity: computed.validity)
      } else {
        values = computed
      }
    } else {
      values = computed
    }
  }

  /// Whether no string is too short to be one.
  private static func areTimestamps(_ texts: Values) -> Bool {
    let strings = texts.strings
    return (0..<texts.count).allSatisfy { texts.isNull($0) || strings.ends[$0] - strings.starts[$0] > 10 }
  }

  private static func type(of value: LuaValue, _ row: Int, _ name: String) throws(ReadoutError) -> DataType? {
    switch value {
    case .null: return nil
    case .integer: return .integer
    case .number: return .number
    case .boolean: return .boolean
    case .string:
      try check(value, row, name)
      return .string
    case .table(let items, let fields) where fields.isEmpty && items.allSatisfy({ $0.text != nil }):
      for item in items { try check(item, row, name) }
      return .list
    default:
      throw ReadoutError(
        .request, "column \(name) cannot hold \(value.typeName)", place: .init(detail: "row \(row + 1)"),
        hint: "numbers, strings, booleans, and lists of strings")
    }
  }

  /// Refuses integers that numbers beside them would round: two could become one.
  private static func checkExact(
    _ list: [LuaValue], _ rows: some RandomAccessCollection<Int>, _ name: String
  ) throws(ReadoutError) {
    for (row, value) in zip(rows, list) {
      guard case .integer(let integer) = value, Int64(exactly: Double(integer)) != integer else { continue }
      throw ReadoutError(
        .request, "column \(name) mixes numbers and an integer that no number is", value: String(integer),
        place: .init(detail: "row \(row + 1)"), hint: "make all of them integers, or strings: tostring(n)")
    }
  }

  private static func check(_ text: LuaValue, _ row: Int, _ name: String) throws(ReadoutError) {
    do throws(ReadoutError) { try text.checkText("column \(name), row \(row + 1): a string") } catch {
      var error = error
      error.hint = LuaValue.hintForCutCharacter
      throw error
    }
  }

  private static func typeOfStrings(_ list: [LuaValue]) -> DataType {
    let texts = list.compactMap(\.text)
    if texts.allSatisfy({ Calendar.day(in: $0) != nil }) { return .date }
    if texts.allSatisfy({ $0.utf8.count > 10 && Calendar.moment(in: $0) != nil }) { return .timestamp }
    return .string
  }
}
