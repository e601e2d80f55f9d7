/// The operands that are a local by itself. Lua reads one where its operator stands: behind what the operands to its right have done.
struct Locals {
  private var values: [(variable: Int, value: SymbolicValue)] = []

  init(_ operands: [Syntax.Expression], _ lifter: Lifter, _ scope: Scope) {
    for name in operands.compactMap(\.localName) {
      guard let variable = scope.variable(name) else { continue }
      values.append((variable, lifter.memory[variable] ?? lifter.nothing))
    }
  }

  func checkUnchanged(_ lifter: Lifter, _ range: Range<Int>) throws(Refusal) {
    for (variable, value) in values where (lifter.memory[variable] ?? lifter.nothing) != value {
      throw lifter.refusal("an operand that the operand behind it changes", range)
    }
  }
}

extension Syntax.Expression {
  /// The name that it is, in parentheses or not; and that of `true and x`, which Lua's compiler makes `x` itself. It may know the left
  /// operand of any `and` and `or`.
  fileprivate var localName: String? {
    switch node {
    case .name(let name): name
    case .parenthesized(let inner): inner.localName
    case .binary(.and, _, let right), .binary(.or, _, let right): right.localName
    default: nil
    }
  }
}
