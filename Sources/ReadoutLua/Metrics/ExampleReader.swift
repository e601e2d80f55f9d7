import ReadoutEngine

/// Reads the examples of a metric, each value in the type that its parameter has.
struct ExampleReader {
  let definition: MetricDefinition
  let reader: MetricReader

  func examples(_ value: LuaValue) throws(ReadoutError) -> [MetricDefinition.Example] {
    if value.isNull { return [] }
    guard case .table(let items, let fields) = value, fields.isEmpty else { throw wrong("examples is not a list") }
    var examples: [MetricDefinition.Example] = []
    for (index, item) in items.enumerated() { examples.append(try example(item, number: index + 1)) }
    return examples
  }

  private func example(_ value: LuaValue, number: Int) throws(ReadoutError) -> MetricDefinition.Example {
    let key = definition.kind == .each ? "args" : "rows"
    let form = "write { \(key) = \(key == "args" ? "{ … }" : "{ { … }, … }"), gives = … }"
    guard case .table(let items, let fields) = value else {
      throw wrong("example \(number) is not a table", value: value.text, hint: form)
    }
    guard items.isEmpty else { throw wrong("example \(number) has values without a name", hint: form) }
    for field in fields where field.key.text != key && field.key.text != "gives" {
      throw wrong("unknown field in example \(number)", value: field.key.text ?? field.key.typeName, hint: form)
    }
    if value[key].isNull { throw wrong("example \(number) has no \(key)", hint: form) }
    guard case .table(let rows, let other) = value[key] else {
      throw wrong("\(key) of example \(number) is not a list", value: value[key].text, hint: form)
    }
    var scalars: [[Scalar]] = []
    if definition.kind == .each {
      scalars.append(try arguments(value[key], number))
    } else {
      guard other.isEmpty else { throw wrong("the rows of example \(number) are not a list") }
      for row in rows { scalars.append(try arguments(row, number)) }
    }
    return MetricDefinition.Example(rows: scalars, gives: try scalar(value["gives"], definition.result, number))
  }

  /// One value for each parameter; a nil leaves a hole in the table.
  private func arguments(_ value: LuaValue, _ number: Int) throws(ReadoutError) -> [Scalar] {
    guard case .table(let items, let fields) = value else { throw wrong("example \(number) has a row that is no list") }
    var values = [LuaValue](repeating: .null, count: definition.parameters.count)
    let keys = items.indices.map { LuaValue.integer(Int64($0 + 1)) } + fields.map(\.key)
    for (key, value) in zip(keys, items + fields.map(\.value)) {
      guard let place = key.integer, place > 0 else {
        throw wrong(
          "example \(number) has an argument under a name, where its place counts", value: key.text ?? key.typeName)
      }
      guard place <= values.count else {
        throw wrong("example \(number) has more arguments than \(definition.name) has parameters")
      }
      values[Int(place) - 1] = value
    }
    var scalars: [Scalar] = []
    for (value, parameter) in zip(values, definition.parameters) {
      scalars.append(try scalar(value, parameter.type, number))
    }
    return scalars
  }

  private func scalar(_ value: LuaValue, _ type: DataType, _ number: Int) throws(ReadoutError) -> Scalar {
    guard value.invalidByte == nil, value.items.allSatisfy({ $0.invalidByte == nil }) else {
      throw wrong("example \(number) has a string that is no UTF-8")
    }
    switch (type, value) {
    case (_, .null): return .null
    case (.integer, _):
      if let integer = value.integer { return .integer(integer) }
    case (.number, .number(let number)): return .number(number)
    case (.number, .integer(let integer)): return .number(Double(integer))
    case (.boolean, .boolean(let boolean)): return .boolean(boolean)
    case (.string, .string), (.text, .string): return .string(value.text!)
    case (.date, .string):
      if let day = Calendar.day(in: value.text!) { return .date(day) }
    case (.timestamp, .string):
      if let moment = Calendar.moment(in: value.text!) { return .timestamp(moment) }
    case (.list, .table(let items, let fields)) where fields.isEmpty:
      let strings = items.compactMap(\.text)
      if strings.count == items.count { return .list(strings) }
    default: break
    }
    throw wrong("example \(number) has \(value.typeName) in place of \(type.rawValue)", value: value.text)
  }

  private func wrong(_ message: String, value: String? = nil, hint: String? = nil) -> ReadoutError {
    reader.wrong("\(message) (\(definition.name))", value: value, key: "examples", hint: hint)
  }
}
