/// A scalar function of the engine: its signature, and how it chooses a kernel.
struct BuiltInScalar: ScalarFunction {
  typealias Choice = @Sendable (_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel

  let signature: Signature
  private let choose: Choice

  /// `examples` are pairs of an expression and what it gives, both as Lua text.
  init(
    _ name: String, _ parameters: [Parameter], result: String, _ summary: String, examples: [(String, String)],
    choose: @escaping Choice
  ) {
    signature = Signature(
      name, parameters, result: result, summary: summary,
      examples: examples.map { Signature.Example($0.0, gives: $0.1) })
    self.choose = choose
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    // A setting that is nil (a pattern, a width) makes every row null; kernels need not know.
    for (index, argument) in arguments.enumerated() where argument.constant == .null && parameter(index).isConstant {
      let type = DataType(rawValue: signature.result) ?? arguments[0].type
      return ScalarKernel(type) { _, rows in Values(repeating: .null, type: type, count: rows.count) }
    }
    return try choose(arguments)
  }

  private func parameter(_ index: Int) -> Parameter {
    signature.parameters[min(index, signature.parameters.count - 1)]
  }
}

extension Argument {
  /// The text of a constant string argument; nil where it differs from row to row.
  var constantString: String? {
    if case .string(let value) = constant { value } else { nil }
  }

  /// The value of a constant integer argument.
  var constantInteger: Int64? {
    if case .integer(let value) = constant { value } else { nil }
  }
}

extension Evaluation {
  /// The error of row `index` of this call.
  func error(_ message: String, value: String? = nil, row index: Int, hint: String? = nil) -> ReadoutError {
    ReadoutError(.data, message, value: value, hint: hint).about(row: rowNumber(index))
  }

  /// The first row that counts and for which `predicate` holds.
  @inline(__always)
  func firstPresent(where predicate: (Int) -> Bool) -> Int? {
    for index in 0..<count where predicate(index) && isPresent(index) { return index }
    return nil
  }
}
