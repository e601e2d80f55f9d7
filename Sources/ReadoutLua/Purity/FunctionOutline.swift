/// What one function of a source changes and refers to, its nested functions apart.
struct FunctionOutline {
  /// A name that the function assigns, or a table behind a name that it changes.
  struct Effect {
    var name: String
    /// The variable's number; nil for a global.
    var variable: Int?
    var isAssignment: Bool
    var range: Range<Int>
  }

  var range: Range<Int>
  var opening: Int
  var parameterCount: Int
  /// The function that it is nested in; nil for the chunk.
  var parent: Int?
  var effects: [Effect] = []
  /// The variables that it reads.
  var reads: Set<Int> = []
}

/// A local variable: where it belongs, and the function that it stands for where that is plain.
struct VariableOutline {
  var name: String
  /// The function whose local it is.
  var owner: Int
  var function: Int?
}
