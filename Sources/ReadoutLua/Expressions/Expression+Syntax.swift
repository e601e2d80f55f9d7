import ReadoutEngine

extension Expression {
  /// The engine's expression for a piece of syntax; what only the VM could run is refused.
  init(_ syntax: Syntax.Expression) throws(ReadoutError) {
    self.init(try Self.node(of: syntax), range: syntax.range)
  }

  /// Kept short: it recurses, and every local of every case would be in its frame.
  private static func node(of syntax: Syntax.Expression) throws(ReadoutError) -> Node {
    switch syntax.node {
    case .parenthesized(let inner): try node(of: inner)
    case .unary(let op, let operand): .unary(op, try Expression(operand))
    case .binary(let op, let left, let right): try binary(op, left, right)
    case .call(let function, let arguments): try call(function, arguments)
    default: try leaf(syntax)
    }
  }

  private static func binary(
    _ op: BinaryOperator, _ left: Syntax.Expression, _ right: Syntax.Expression
  ) throws(ReadoutError) -> Node {
    let left = try Expression(left)
    return .binary(op, left, try Expression(right))
  }

  private static func call(
    _ function: Syntax.Expression, _ arguments: [Syntax.Expression]
  ) throws(ReadoutError) -> Node {
    let name = try functionName(function)
    var converted: [Expression] = []
    for argument in arguments { converted.append(try Expression(argument)) }
    return .call(name, converted)
  }

  private static func leaf(_ syntax: Syntax.Expression) throws(ReadoutError) -> Node {
    switch syntax.node {
    case .nil: return .literal(.null)
    case .boolean(let value): return .literal(.boolean(value))
    case .integer(let value): return .literal(.integer(value))
    case .number(let value): return .literal(.number(value))
    case .string(let bytes): return .literal(.string(try string(bytes, at: syntax.range)))
    case .name(let name): return .column(name)
    case .index(let base, let key): return try indexed(base, key, syntax.range)
    case .table(let fields): return .literal(.list(try list(fields)))
    default: throw refusal(of: syntax)
    }
  }

  /// The error for syntax that no expression has.
  private static func refusal(of syntax: Syntax.Expression) -> ReadoutError {
    switch syntax.node {
    case .method(let receiver, let method, _):
      ReadoutError(
        .request, "an expression has no methods", value: method.text,
        hint: "write \(method.text)(\(shown(receiver)), …)", range: method.range)
    case .function:
      ReadoutError(
        .request, "an expression holds no function",
        hint: "write a metric in a plugin, or metric { … } in the analysis", range: syntax.range)
    default: ReadoutError(.request, "unexpected", value: "...", range: syntax.range)
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
    "math.max": "greatest", "math.min": "least", "math.tointeger": "integer",
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
  private static func list(_ fields: [Syntax.Field]) throws(ReadoutError) -> [String] {
    var items: [String] = []
    for field in fields {
      guard case .none = field.key else {
        throw ReadoutError(
          .request, "a table with names in an expression",
          hint: "weights of terms stand in lexicons/NAME.csv, or in a metric that calls lexicon(text, { good = 1 })",
          range: field.range)
      }
      guard case .string(let bytes) = field.value.node else {
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
