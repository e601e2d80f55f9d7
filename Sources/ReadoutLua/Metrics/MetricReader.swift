import ReadoutEngine

/// Reads the table of a metric and refuses what is not right in it, naming the line.
struct MetricReader {
  let file: String
  let source: SourceText
  let blame: ReadoutError.Blame

  private static let keys = [
    "name", "summary", "params", "returns", "nulls", "each", "init", "update", "merge", "finalize", "examples",
  ]
  private static let longestName = 100
  /// More than a function of Lua can have.
  private static let mostParameters = 200
  static let functionKeys = ["each", "init", "update", "merge", "finalize"]

  func definition(of table: LuaValue) throws(ReadoutError) -> MetricDefinition {
    guard case .table(let items, let fields) = table else {
      throw wrong("a metric is a table", value: table.typeName, hint: "return { name = …, each = … }")
    }
    guard items.isEmpty else { throw wrong("a metric has named fields only", hint: "it has a value without a name") }
    for field in fields {
      guard let key = field.key.text, Self.keys.contains(key) else {
        let key = field.key.text ?? field.key.typeName
        throw wrong(
          "unknown field of a metric", value: key, key: key,
          hint: Suggestion.hint(for: key, among: Self.keys, kind: "fields"))
      }
    }
    let name = try self.name(table)
    let kind = try self.kind(table, name)
    let parameters = try self.parameters(table, name)
    let result = try type(table["returns"], key: "returns", of: name)
    var definition = MetricDefinition(
      name: name, summary: try summary(table, name), parameters: parameters, result: result,
      passesNulls: try passesNulls(table, name), kind: kind, examples: [], file: file, lines: [:], blame: blame)
    definition.examples = try ExampleReader(definition: definition, reader: self).examples(table["examples"])
    return definition
  }

  private func name(_ table: LuaValue) throws(ReadoutError) -> String {
    guard let name = table["name"].text else {
      throw wrong("a metric needs a name", hint: "name = \"…\"")
    }
    let bytes = Array(name.utf8)
    guard bytes.count <= Self.longestName else {
      throw wrong(
        "too long a name for a metric", value: "\(bytes.count) bytes", key: "name",
        hint: "at most \(Self.longestName)")
    }
    let isName = bytes.first?.isLetter == true && bytes.allSatisfy(\.isNameByte) && Symbol.words[name] == nil
    guard isName else {
      throw wrong(
        "not a name for a metric", value: name, key: "name", hint: "letters, digits and _, beginning with a letter")
    }
    guard FunctionRegistry.builtIn[name] == nil else {
      throw wrong("a built-in function has this name", value: name, key: "name", hint: "give the metric another name")
    }
    return name
  }

  private func summary(_ table: LuaValue, _ name: String) throws(ReadoutError) -> String {
    if table["summary"].isNull { return "" }
    guard let summary = table["summary"].text else {
      throw wrong("the summary of \(name) is not a string", value: table["summary"].typeName, key: "summary")
    }
    return summary
  }

  private func passesNulls(_ table: LuaValue, _ name: String) throws(ReadoutError) -> Bool {
    if table["nulls"].isNull { return false }
    guard table["nulls"].text == "pass" else {
      throw wrong(
        "unknown nulls of \(name)", value: table["nulls"].text ?? table["nulls"].typeName, key: "nulls",
        hint: "nulls = \"pass\", or leave it out")
    }
    return true
  }

  private func kind(_ table: LuaValue, _ name: String) throws(ReadoutError) -> MetricDefinition.Kind {
    for key in Self.functionKeys where !table[key].isNull && table[key].function == nil {
      throw wrong("\(key) of \(name) is not a function", value: table[key].typeName, key: key)
    }
    let hasFold = ["init", "update", "merge", "finalize"].contains { !table[$0].isNull }
    if !table["each"].isNull {
      guard !hasFold else {
        throw wrong(
          "\(name) has each and a fold", key: "each",
          hint: "each gives a value for a row; init, update, merge and finalize give one for a group")
      }
      return .each
    }
    guard hasFold else {
      throw wrong(
        "\(name) has no function", hint: "write each = function(…) … end, or init, update, merge and finalize")
    }
    for key in ["init", "update", "finalize"] where table[key].isNull {
      throw wrong("\(name) lacks \(key)", hint: "a fold has init, update and finalize, and merge to run in parallel")
    }
    return .fold(canMerge: !table["merge"].isNull)
  }

  private func parameters(_ table: LuaValue, _ metric: String) throws(ReadoutError) -> [(name: String, type: DataType)]
  {
    guard case .table(let items, let fields) = table["params"], fields.isEmpty else {
      throw wrong(
        "\(metric) needs params", key: "params", hint: "params = { { \"text\", \"text\" }, { \"target\", \"string\" } }"
      )
    }
    guard items.count <= Self.mostParameters else {
      throw wrong(
        "too many parameters of \(metric)", value: "\(items.count)", key: "params",
        hint: "at most \(Self.mostParameters)")
    }
    var parameters: [(name: String, type: DataType)] = []
    for item in items {
      guard case .table(let pair, let rest) = item, pair.count == 2, rest.isEmpty, let name = pair[0].text else {
        throw wrong(
          "a parameter of \(metric) is not a pair", key: "params", hint: "{ \"text\", \"text\" }: name and type")
      }
      guard !parameters.contains(where: { $0.name == name }) else {
        throw wrong("two parameters of \(metric) have one name", value: name, key: "params")
      }
      parameters.append((name, try type(pair[1], key: "params", of: metric)))
    }
    return parameters
  }

  private func type(_ value: LuaValue, key: String, of metric: String) throws(ReadoutError) -> DataType {
    let names = DataType.allCases.map(\.rawValue)
    guard let name = value.text else {
      throw wrong("\(metric) needs \(key)", key: key, hint: "types: \(names.joined(separator: ", "))")
    }
    guard let type = DataType(rawValue: name) else {
      throw wrong(
        "unknown type in \(key) of \(metric)", value: name, key: key,
        hint: Suggestion.hint(for: name, among: names, kind: "types"))
    }
    return type
  }

  /// The error, at the line of the field `key` where the source has just one of that name.
  func wrong(_ message: String, value: String? = nil, key: String? = nil, hint: String? = nil) -> ReadoutError {
    let line = key.flatMap { FieldLines(source).line(of: $0) }
    return ReadoutError(blame, message, value: value, place: .init(file: file, line: line), hint: hint)
  }
}
