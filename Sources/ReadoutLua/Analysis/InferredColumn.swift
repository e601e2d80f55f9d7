import ReadoutEngine

/// A column made of Lua values, its type inferred from all of them.
///
/// Integers; numbers where one is a float; booleans; lists of strings; dates (or timestamps) where every string is one in
/// ISO 8601; else strings. Other mixtures are an error that names the row.
struct InferredColumn {
  let values: Values

  init(_ list: [LuaValue], named name: String) throws(ReadoutError) {
    var type: DataType?
    for (row, value) in list.enumerated() {
      guard let own = try Self.type(of: value, row, name) else { continue }
      if type == nil || type == own {
        type = own
      } else if own.isNumeric, type?.isNumeric == true {
        type = .number
      } else {
        throw ReadoutError(
          .request, "column \(name) mixes \(type!.rawValue) and \(own.rawValue)", value: value.text,
          place: .init(detail: "row \(row + 1)"), hint: "give every row the same type")
      }
    }
    let found = type == .string ? Self.typeOfStrings(list) : type ?? .string
    values = Values(list.map { Self.scalar($0, found) }, type: found)
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
    case .string: return .string
    case .table(let items, let fields) where fields.isEmpty && items.allSatisfy({ $0.text != nil }): return .list
    default:
      throw ReadoutError(
        .request, "column \(name) cannot hold \(value.typeName)", place: .init(detail: "row \(row + 1)"),
        hint: "numbers, strings, booleans, and lists of strings")
    }
  }

  private static func typeOfStrings(_ list: [LuaValue]) -> DataType {
    let texts = list.compactMap(\.text)
    if texts.allSatisfy({ Calendar.day(in: $0) != nil }) { return .date }
    if texts.allSatisfy({ $0.utf8.count > 10 && Calendar.moment(in: $0) != nil }) { return .timestamp }
    return .string
  }

  private static func scalar(_ value: LuaValue, _ type: DataType) -> Scalar {
    switch (type, value) {
    case (_, .null): .null
    case (.number, .integer(let integer)): .number(Double(integer))
    case (_, .integer(let integer)): .integer(integer)
    case (_, .number(let number)): .number(number)
    case (_, .boolean(let boolean)): .boolean(boolean)
    case (.date, _): Calendar.day(in: value.text ?? "").map { .date($0) } ?? .null
    case (.timestamp, _): Calendar.moment(in: value.text ?? "").map { .timestamp($0) } ?? .null
    case (.list, .table(let items, _)): .list(items.compactMap(\.text))
    default: .string(value.text ?? "")
    }
  }
}
