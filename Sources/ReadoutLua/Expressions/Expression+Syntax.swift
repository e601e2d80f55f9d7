import ReadoutEngine

extension Expression {
  /// The engine's expression for a piece of syntax; what only the VM could run is refused.
  init(_ syntax: Syntax.Expression) throws(ReadoutError) {
    let range = syntax.range
    switch syntax.node {
    case .nil: self.init(.literal(.null), range: range)
    case .boolean(let value): self.init(.literal(.boolean(value)), range: range)
    case .integer(let value): self.init(.literal(.integer(value)), range: range)
    case .number(let value): self.init(.literal(.number(value)), range: range)
    case .string(let bytes): self.init(.literal(.string(try Self.string(bytes, at: range))), range: range)
    case .name(let name): self.init(.column(name), range: range)
    case .parenthesized(let inner):
      self = try Expression(inner)
      self.range = range
    case .unary(let op, let operand): self.init(.unary(op, try Expression(operand)), range: range)
    case .binary(let op, let left, let right):
      self.init(.binary(op, try Expression(left), try Expression(right)), range: range)
    case .call(let function, let arguments):
      let name = try Self.functionName(function)
      var converted: [Expression] = []
      for argument in arguments { converted.append(try Expression(argument)) }
      self.init(.call(name, converted), range: range)
    case .index(let base, let key): self.init(try Self.indexed(base, key, range), range: range)
    case .table(let fields): self.init(.literal(.list(try Self.list(fields, range))), range: range)
    case .method(let receiver, let method, _):
      throw ReadoutError(
        .request, "an expression has no methods", value: method.text,
        hint: "write \(method.text)(\(Self.shown(receiver)), …)", range: method.range)
    case .function:
      throw ReadoutError(
        .request, "an expression holds no function", hint: "write a metric in a plugin, or metric { … } in the analysis",
        range: range)
    case .varargs: throw ReadoutError(.request, "unexpected", value: "...", range: range)
    }
  }

  /// The string of a literal, which in a query must be UTF-8.
  static func string(_ bytes: [UInt8], at range: Range<Int>) throws(ReadoutError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ReadoutError(
        .request, "a string that is no UTF-8", value: String(decoding: bytes, as: UTF8.self), range: range)
    }
    return text
  }

  /// Functions are called by a bare name; those of Lua's library have their own names here.
  private static func functionName(_ function: Syntax.Expression) throws(ReadoutError) -> String {
    switch function.node {
    case .name(let name): return name
    case .index(let base, let key):
      guard case .name(let library) = base.node, case .string(let bytes) = key.node else { break }
      let name = String(decoding: bytes, as: UTF8.self)
      let renamed = libraryNames["\(library).\(name)"] ?? name
      throw ReadoutError(
        .request, "unknown function", value: "\(library).\(name)", hint: "write \(renamed)(…)", range: function.range)
    default: break
    }
    throw ReadoutError(.request, "a call needs the name of a function", range: function.range)
  }

  /// Functions of Lua's library whose name in an expression is another.
  private static let libraryNames = [
    "string.len": "length", "string.find": "contains", "string.match": "matches", "string.gsub": "replace",
    "math.max": "greatest", "math.min": "least", "math.tointeger": "integer", "tonumber": "number",
  ]

  /// `row.x`, `row["x"]`, and the constants of Lua's `math`.
  private static func indexed(
    _ base: Syntax.Expression, _ key: Syntax.Expression, _ range: Range<Int>
  ) throws(ReadoutError) -> Node {
    if case .name(let table) = base.node, case .string(let bytes) = key.node {
      let name = try string(bytes, at: key.range)
      if table == "row" { return .column(name) }
      if table == "math", let constant = mathConstants[name] { return .literal(constant) }
    }
    throw ReadoutError(
      .request, "an expression does not look into tables", hint: "a column is written name, or row[\"name\"]",
      range: range)
  }

  private static let mathConstants: [String: Scalar] = [
    "huge": .number(.infinity), "pi": .number(.pi), "maxinteger": .integer(.max), "mininteger": .integer(.min),
  ]

  /// `{'a', 'b'}`: a list of strings.
  private static func list(_ fields: [Syntax.Field], _ range: Range<Int>) throws(ReadoutError) -> [String] {
    var items: [String] = []
    for field in fields {
      guard case .none = field.key, case .string(let bytes) = field.value.node else {
        throw ReadoutError(.request, "a list holds strings", hint: "write {'a', 'b'}", range: field.range)
      }
      items.append(try string(bytes, at: field.value.range))
    }
    return items
  }

  private static func shown(_ receiver: Syntax.Expression) -> String {
    switch receiver.node {
    case .name(let name): name
    case .parenthesized(let inner): shown(inner)
    default: "…"
    }
  }
}
