import ReadoutEngine

/// What a plugin's table says of a metric, checked; the functions themselves live in each worker's Lua state.
struct MetricDefinition: Sendable {
  enum Kind: Sendable, Equatable {
    /// `each`: a value for each row.
    case each
    /// `init`, `update`, `finalize` and perhaps `merge`: a value for each group.
    case fold(canMerge: Bool)
  }

  struct Example: Sendable, Equatable {
    /// The arguments of one call, or the rows of a group.
    var rows: [[Scalar]]
    var gives: Scalar
  }

  var name: String
  var summary: String
  var parameters: [(name: String, type: DataType)]
  var result: DataType
  /// Whether nulls are handed over as nil instead of passing the function by.
  var passesNulls: Bool
  var kind: Kind
  var examples: [Example]
  /// The file as the user knows it, and the lines where the functions begin, by their key.
  var file: String
  var lines: [String: Int]
  /// Who is to blame for what it does: a plugin, or the analysis that it stands in.
  var blame: ReadoutError.Blame

  /// Where the metric's functions begin.
  var line: Int? { lines["each"] ?? lines["update"] }
}

extension MetricDefinition {
  var signature: Signature {
    Signature(
      name, parameters.map { Parameter($0.name, Self.accepted($0.type)) }, result: result.rawValue, summary: summary,
      examples: kind == .each ? examples.map(shown) : [])
  }

  private func shown(_ example: Example) -> Signature.Example {
    Signature.Example(call(example), gives: Expression(.literal(example.gives)).description)
  }

  /// The example as a user would write it.
  func call(_ example: Example) -> String {
    let row = { (values: [Scalar]) in values.map { Expression(.literal($0)).description }.joined(separator: ", ") }
    switch kind {
    case .each: return "\(name)(\(row(example.rows[0])))"
    case .fold: return "\(name) of \(example.rows.map { "(\(row($0)))" }.joined(separator: ", "))"
    }
  }

  /// The types of arguments that a parameter takes: a text will do for a string, and an integer for a number.
  private static func accepted(_ type: DataType) -> [DataType] {
    switch type {
    case .string, .text: .strings
    case .number: .numbers
    default: [type]
    }
  }
}
