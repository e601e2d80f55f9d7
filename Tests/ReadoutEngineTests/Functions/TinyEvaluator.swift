import ReadoutVectors

@testable import ReadoutEngine

/// Evaluates the examples of signatures: literals, calls, operators. One row, bound and run through the real kernels.
struct TinyEvaluator {
  /// How arguments reach a kernel. Nulls, and parameters that must be constant, are so in every form.
  enum Form: CaseIterable {
    case constants, rows, coded
  }

  let functions: [String: any ScalarFunction]
  let form: Form

  init(_ form: Form) {
    self.form = form
    functions = Dictionary(
      uniqueKeysWithValues: (BuiltInFunctions.scalars + BuiltInFunctions.operators).map { ($0.signature.name, $0) })
  }

  func evaluate(_ text: String) throws -> Scalar {
    var parser = Parser(text: Array(text.unicodeScalars), evaluator: self)
    return try parser.whole()
  }

  /// Calls a function on scalars, given as one-row columns in this evaluator's form; strict as the planner is.
  func call(_ name: String, _ arguments: [Scalar]) throws -> Scalar {
    guard let function = functions[name] else { throw Failure(message: "no function \(name)") }
    let parameters = function.signature.parameters
    var bound: [Argument] = []
    var values: [Values] = []
    for (index, scalar) in arguments.enumerated() {
      let parameter = parameters[min(index, parameters.count - 1)]
      let type = scalar.type ?? parameter.types[0]
      let isConstant = form == .constants || parameter.isConstant || scalar.isNull
      bound.append(Argument(type: type, constant: isConstant ? .some(scalar) : .none))
      values.append(Self.values(scalar, type, isConstant ? .constants : form))
    }
    let kernel = try function.bind(bound)
    if kernel.isStrict, arguments.contains(.null) { return .null }
    return try kernel.body(values, Evaluation(worker: Worker(index: 0), count: 1))[0]
  }

  static func values(_ scalar: Scalar, _ type: DataType, _ form: Form) -> Values {
    switch (form, scalar) {
    case (.constants, _): Values(repeating: scalar, type: type, count: 1)
    case (.coded, .string(let string)):
      Values(
        type: type, payload: .coded(Vector([0]), StringDictionary(StringVector([string]))), count: 1)
    default: Values([scalar], type: type)
    }
  }

  struct Failure: Error { let message: String }
}

private struct Parser {
  let text: [Unicode.Scalar]
  let evaluator: TinyEvaluator
  var at = 0

  static let operators: [(String, Int)] = [
    ("..", 9), ("//", 11), ("<<", 7), (">>", 7), ("<=", 3), (">=", 3), ("==", 3), ("~=", 3), ("<", 3), (">", 3),
    ("|", 4),
    ("~", 5), ("&", 6), ("+", 10), ("-", 10), ("*", 11), ("/", 11), ("%", 11), ("^", 14),
  ]

  mutating func whole() throws -> Scalar {
    let value = try expression(0)
    skip()
    guard at == text.count else { throw TinyEvaluator.Failure(message: "left over at \(at)") }
    return value
  }

  mutating func expression(_ power: Int) throws -> Scalar {
    var left = try operand()
    while let (op, own) = peek(), own > power {
      at += op.unicodeScalars.count
      let right = try expression(op == ".." || op == "^" ? own - 1 : own)
      if op == "==" && (left == .null || right == .null) {
        left = .boolean(left == right)
      } else {
        left = try evaluator.call(op, [left, right])
      }
    }
    return left
  }

  mutating func operand() throws -> Scalar {
    skip()
    if take("not ") { return try evaluator.call("not", [try expression(12)]) }
    if take("-") { return try evaluator.call("unary -", [try expression(12)]) }
    if take("~") { return try evaluator.call("unary ~", [try expression(12)]) }
    if take("#") { return try evaluator.call("#", [try expression(12)]) }
    if take("(") {
      let value = try expression(0)
      return try expect(")", value)
    }
    for (word, value) in [("nil", Scalar.null), ("true", true), ("false", false), ("math.huge", .number(.infinity))]
    where take(word) { return value }
    if let quote = text[safe: at], quote == "'" || quote == "\"" { return string(quote) }
    let start = at
    while let next = text[safe: at],
      next.properties.isAlphabetic || next == "_" || ("0"..."9").contains(next) || isPoint(next)
    {
      at += 1
    }
    let word = String(String.UnicodeScalarView(text[start..<at]))
    if let value = Int64(word) { return .integer(value) }
    if let value = Double(word) { return .number(value) }
    guard take("(") else { throw TinyEvaluator.Failure(message: "what is \(word) at \(at)?") }
    var arguments: [Scalar] = []
    if take(")") { return try evaluator.call(word, []) }
    repeat { arguments.append(try expression(0)) } while take(",")
    _ = try expect(")", .null)
    return try evaluator.call(word, arguments)
  }

  /// A point of a number, not the operator `..`.
  func isPoint(_ next: Unicode.Scalar) -> Bool { next == "." && text[safe: at + 1] != "." && text[safe: at - 1] != "." }

  mutating func string(_ quote: Unicode.Scalar) -> Scalar {
    at += 1
    var value = String.UnicodeScalarView()
    while text[at] != quote {
      value.append(text[at])
      at += 1
    }
    at += 1
    return .string(String(value))
  }

  mutating func peek() -> (String, Int)? {
    skip()
    return Self.operators.first { op, _ in text[at...].starts(with: op.unicodeScalars) }
  }

  mutating func take(_ word: String) -> Bool {
    skip()
    guard text[at...].starts(with: word.unicodeScalars) else { return false }
    at += word.unicodeScalars.count
    return true
  }

  mutating func expect(_ word: String, _ value: Scalar) throws -> Scalar {
    guard take(word) else { throw TinyEvaluator.Failure(message: "\(word) wanted at \(at)") }
    return value
  }

  mutating func skip() { while text[safe: at] == " " { at += 1 } }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
