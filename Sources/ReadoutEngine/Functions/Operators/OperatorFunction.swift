/// An operator as a function: bound like any other, but written between or before its operands.
///
/// Operators stand in a list of their own (`BuiltInFunctions.operators`), under Lua's token; unary minus and bitwise
/// not are `unary -` and `unary ~`, since their tokens have a binary meaning too. `and`, `or` and tests for nil
/// belong to the planner.
struct OperatorFunction: ScalarFunction {
  typealias Choice = @Sendable (_ operands: [Argument]) throws(ReadoutError) -> ScalarKernel

  let signature: Signature
  private let choose: Choice

  /// A result of nil means that the types do not fit; then the operands are named in the error.
  init(
    _ name: String, operands: Int = 2, result: String, _ summary: String, examples: [(String, String)],
    verb: String, joint: String = "and", hint: String?,
    choose: @escaping @Sendable (_ operands: [Argument]) -> ScalarKernel?
  ) {
    signature = Signature(
      name, operands == 1 ? [Parameter("a", .any)] : [Parameter("a", .any), Parameter("b", .any)], result: result,
      summary: summary, examples: examples.map { Signature.Example($0.0, gives: $0.1) })
    self.choose = { (operands) throws(ReadoutError) in
      if let kernel = choose(operands) { return kernel }
      let types = operands.map(\.type)
      throw ReadoutError(
        .request, "cannot \(verb) \(types.map(\.rawValue).joined(separator: " \(joint) "))",
        hint: Self.hint(types) ?? hint)
    }
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    do {
      return try choose(typed(arguments))
    } catch {
      var error = error
      let written = arguments.map(\.range).filter { !$0.isEmpty }
      if let first = written.first, let last = written.last { error.range = first.lowerBound..<last.upperBound }
      throw error
    }
  }

  /// The operands, a literal nil with the type of the other one; where all are nil, with the first type that fits.
  private func typed(_ arguments: [Argument]) -> [Argument] {
    func retyped(_ type: DataType) -> [Argument] {
      arguments.map { Argument(type: $0.constant == .null ? type : $0.type, constant: $0.constant, range: $0.range) }
    }
    if let known = arguments.first(where: { $0.constant != .null }) { return retyped(known.type) }
    let fitting = DataType.allCases.first { (try? choose(retyped($0))) != nil }
    return retyped(fitting ?? .integer)
  }

  /// The conversion that is most likely missing.
  private static func hint(_ types: [DataType]) -> String? {
    let kinds = Set(types)
    if kinds.contains(.list) { return "use length, contains or join on a list" }
    guard kinds.count == 2, !kinds.isDisjoint(with: [.string, .text]) else { return nil }
    if !kinds.isDisjoint(with: [.integer, .number]) {
      return "convert one: number(x) reads a string, string(x) writes one"
    }
    if let time = types.first(where: \.isTime) { return "convert the string: \(time.rawValue)(x)" }
    return nil
  }
}
