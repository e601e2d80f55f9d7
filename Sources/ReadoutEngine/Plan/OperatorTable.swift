/// The functions behind the operators, by token; a unary minus is `unary -`.
enum OperatorTable {
  static let functions: [String: any ScalarFunction] = Dictionary(
    uniqueKeysWithValues: BuiltInFunctions.operators.map { ($0.signature.name, $0) })
}

extension UnaryOperator {
  var functionName: String {
    switch self {
    case .negate: "unary -"
    case .bitNot: "unary ~"
    case .not, .length: rawValue
    }
  }
}
