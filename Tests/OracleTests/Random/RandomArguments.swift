import ReadoutEngine

/// Arguments of the types that a signature takes, for laws that hold of every function.
struct RandomArguments {
  /// One type for each argument; a repeated parameter gives one to three.
  let types: [DataType]
  /// The value of an argument that must be the same for all rows; nil for others.
  let constants: [Scalar?]
  let rows: [[Scalar]]

  init(for signature: Signature, rows count: Int, nullEvery: Int, _ random: inout SeededGenerator) {
    var types: [DataType] = []
    var constants: [Scalar?] = []
    for parameter in signature.parameters {
      if parameter.kind == .optional, random.chance(2) { break }
      for _ in 0..<(parameter.kind == .repeated ? 1 + random.below(3) : 1) {
        // Functions of several values of any one type (least, if_) want them alike.
        let known = types.last { parameter.types.contains($0) && parameter.types.count > 2 }
        let type = known ?? random.pick(parameter.types)
        types.append(type)
        // Written out: beside a scalar, `nil` would be the scalar null.
        constants.append(
          parameter.isConstant
            ? RandomArguments.constant(of: signature.name, parameter, type, &random) : Optional<Scalar>.none)
      }
    }
    self.types = types
    self.constants = constants
    rows = (0..<count).map { _ in
      types.indices.map { index in
        if let constant = constants[index] { return constant }
        return random.chance(nullEvery) ? .null : RandomArguments.value(types[index], signature.name, &random)
      }
    }
  }

  /// Values that the function accepts, for parameters that take only some.
  private static func constant(
    of function: String, _ parameter: Parameter, _ type: DataType, _ random: inout SeededGenerator
  ) -> Scalar {
    switch (function, type) {
    case ("quantile", _): .number(random.pick([0, 0.25, 0.5, 0.9, 1]))
    case ("bucket", _): .string(random.pick(["day", "week", "month", "quarter", "year", "7 days", "15 minutes"]))
    case ("strftime", _): .string(random.pick(["%Y-%m", "%d.%m.%Y", "%Y %j %%"]))
    case ("matches", .string), ("matches", .text), ("extract", .string), ("extract", .text):
      .string(random.pick(["^K", "(n)(a)?", "[0-9]+", "국"]))
    case ("lexicon", _): .string("cues")
    case ("few", _): .integer(random.pick([20, 48, 1000]))
    case ("share_low", _), ("share_high", _), ("per_thousand_low", _), ("per_thousand_high", _):
      .number(random.pick([0.5, 0.9, 0.99]))
    case (_, .integer): .integer(random.pick([1, 2]))
    case (_, .number): .number(random.pick([0, 1, 2.5]))
    default: .string(random.pick(["OPCON", "the", "wait*", "OPCON transfer"]))
    }
  }

  private static let addsDoubles: Set = ["mean", "median", "quantile", "variance", "stddev", "corr", "weighted_mean"]

  private static func value(_ type: DataType, _ function: String, _ random: inout SeededGenerator) -> Scalar {
    switch type {
    // Sums of doubles depend on their order where they do not fit 53 bits, so the extremes are for the others.
    case .integer where function.hasPrefix("per_thousand"): return .integer(Int64.random(in: 0...6, using: &random))
    case .number where function.hasPrefix("per_thousand"):
      return .number(Double(Int.random(in: 0...40, using: &random)) / 4)
    case .integer:
      return RandomTable.value(of: addsDoubles.contains(function) ? "small" : random.pick(["small", "wide"]), &random)
    case .number: return RandomTable.value(of: "quarters", &random)
    case .boolean: return RandomTable.value(of: "flag", &random)
    case .date: return RandomTable.value(of: "day", &random)
    case .timestamp: return RandomTable.value(of: "moment", &random)
    case .string where function.hasSuffix("date") || function.hasSuffix("timestamp"):
      return .string(random.pick(["2025-11-04", "0001-01-01", "2025-11-04T09:30:00Z", "2025-02-30", ""]))
    case .string where function.hasSuffix("number") || function.hasSuffix("integer"):
      return .string(random.pick(["12", "-0.5", "1e3", "0x10", " 7", "", "twelve", "9223372036854775808"]))
    case .string where function.hasSuffix("boolean"): return .string(random.pick(["true", "false", "yes", ""]))
    case .string: return RandomTable.value(of: random.pick(["code", "name"]), &random)
    case .text: return RandomTable.value(of: "speech", &random)
    case .list: return RandomTable.value(of: "topics", &random)
    }
  }
}
