/// `if_(condition, a, b)`. The planner runs it by rows, so that a branch is not evaluated where it is not taken; here is its
/// signature, for help and for errors.
enum Conditional {
  static let name = "if_"

  static let ifElse = BuiltInScalar(
    name, [Parameter("condition", [.boolean]), Parameter("a", .any), Parameter("b", .any)],
    result: "the type of a and b",
    "a where the condition is true, b where it is false, null where it is null; the branch not taken is not evaluated.",
    examples: [("if_(2 > 1, 'more', 'less')", "'more'"), ("if_(1 == 1, 0, 1 // 0)", "0")]
  ) { _ throws(ReadoutError) in throw .bug("if_ was not bound by the planner") }
}
