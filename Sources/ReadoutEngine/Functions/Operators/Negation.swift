import ReadoutVectors

/// `not`, for booleans; null stays null.
enum Negation {
  static let not = OperatorFunction(
    "not", operands: 1, result: "boolean", "Turns true and false round.",
    examples: [("not (1 > 2)", "true"), ("not true", "false")], verb: "negate",
    hint: "not wants a boolean; x == nil tests for null"
  ) { operands in
    guard operands[0].type == .boolean else { return nil }
    return ScalarKernel(.boolean) { a, _ in Values(booleans: a[0].booleans.map { $0 ^ 1 }) }
  }
}
