import ReadoutVectors

/// A condition between two numbers, integers, times or booleans: both are computed for all rows, and one is taken without a branch.
extension Evaluator {
  /// Nil where a branch may raise an error, is a string or a list, or where something is null: those go row by row.
  func select(
    _ test: Values, _ a: BoundExpression, _ b: BoundExpression, type: DataType, in batch: Batch
  ) throws(ReadoutError) -> Values? {
    guard !a.canFail, !b.canFail, a.type == type, b.type == type,
      type.isIntegerBacked || type == .number || type == .boolean,
      test.nullCount == 0
    else { return nil }
    let first = try evaluate(a, in: batch)
    let second = try evaluate(b, in: batch)
    if case .null = first.payload { return nil }
    if case .null = second.payload { return nil }
    let condition = test.booleans
    let validity = Self.validity(condition, first.validity, second.validity)
    switch type {
    case .number: return Values(numbers: .select(condition, first.numbers, second.numbers), validity: validity)
    case .boolean: return Values(booleans: .select(condition, first.booleans, second.booleans), validity: validity)
    default:
      return Values(integers: .select(condition, first.integers, second.integers), type: type, validity: validity)
    }
  }

  private static func validity(_ condition: Vector<UInt8>, _ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
    if a == nil, b == nil { return nil }
    let present = { (bitmap: Bitmap?) in bitmap?.bytes() ?? Vector(repeating: 1, count: condition.count) }
    let bytes = Vector.select(condition, present(a), present(b))
    return bytes.contains { $0 == 0 } ? Bitmap(bytes: bytes) : nil
  }
}
