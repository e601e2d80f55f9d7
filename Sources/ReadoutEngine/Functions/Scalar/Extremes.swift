import ReadoutVectors

/// `least greatest`, of values of one kind: numbers, strings, dates or timestamps.
///
/// A null argument makes the result null, as everywhere. Integers among floats are converted, nan is given
/// only where there is nothing else, as by `min` and `max`, and a date among timestamps is its midnight.
enum Extremes {
  static let least = BuiltInScalar(
    "least", parameters, result: "the common type",
    "Gives the smallest of its arguments, NaN only where there is nothing else.",
    examples: [("least(3, 1, 2)", "1"), ("least('b', 'a')", "'a'"), ("least(1, 0.5)", "0.5")]
  ) { (arguments) throws(ReadoutError) in try kernel(arguments, name: "least", takes: .less) }

  static let greatest = BuiltInScalar(
    "greatest", parameters, result: "the common type",
    "Gives the largest of its arguments, NaN only where there is nothing else.",
    examples: [("greatest(3, 1, 2)", "3"), ("greatest('b', 'a')", "'b'"), ("greatest(1, 0.5)", "1.0")]
  ) { (arguments) throws(ReadoutError) in try kernel(arguments, name: "greatest", takes: .greater) }

  private static let parameters = [Parameter("x", .numbers + .times + .strings, .repeated)]

  private enum Side { case less, greater }

  private static func kernel(
    _ arguments: [Argument], name: String, takes side: Side
  ) throws(ReadoutError) -> ScalarKernel {
    let type = try commonType(arguments, name: name)
    switch type {
    case .number:
      return folding(type) { a, b, _ in
        side == .less
          ? Values(numbers: NumericKernel.numbers(a, b) { $1 < $0 || $0.isNaN ? $1 : $0 })
          : Values(numbers: NumericKernel.numbers(a, b) { $1 > $0 || $0.isNaN ? $1 : $0 })
      }
    case .string, .text:
      return folding(type) { (a, b, rows) throws(ReadoutError) in
        let (left, right) = (a.strings, b.strings)
        let takesRight = StringComparison.compare(right, left, side == .less ? .less : .greater)
        return try choose(left, right, takesRight, type, rows)
      }
    default:
      return folding(type) { a, b, _ in
        let (left, right) = type == .timestamp ? (TimeValues.moments(a), TimeValues.moments(b)) : (a, b)
        return side == .less
          ? Values(integers: NumericKernel.integers(left, right) { $1 < $0 ? $1 : $0 }, type: type)
          : Values(integers: NumericKernel.integers(left, right) { $1 > $0 ? $1 : $0 }, type: type)
      }
    }
  }

  private static func commonType(_ arguments: [Argument], name: String) throws(ReadoutError) -> DataType {
    let known = arguments.filter { $0.constant != .null }
    var type = known.first?.type ?? .integer
    for argument in known.dropFirst() {
      guard let common = common(type, argument.type) else {
        throw ReadoutError(
          .request, "\(name): cannot compare \(type.rawValue) with \(argument.type.rawValue)",
          hint: "its arguments must be of one kind: numbers, strings, dates or timestamps", range: argument.range)
      }
      type = common
    }
    return type
  }

  private static func common(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    if a.isNumeric && b.isNumeric { return .number }
    if a.isTime && b.isTime { return .timestamp }
    return a.isString && b.isString ? .text : nil
  }

  private static func folding(
    _ type: DataType, _ pair: @escaping @Sendable (Values, Values, Evaluation) throws(ReadoutError) -> Values
  ) -> ScalarKernel {
    ScalarKernel(type) { (arguments, rows) throws(ReadoutError) in
      // A lone argument may be of another type than the result only where all are nil.
      var extreme = arguments[0]
      for argument in arguments.dropFirst() { extreme = try pair(extreme, argument, rows) }
      return extreme
    }
  }

  /// String `i` of `right` where `takesRight[i]` is 1, else of `left`: the bytes are copied, since the blocks differ.
  private static func choose(
    _ left: StringVector, _ right: StringVector, _ takesRight: Vector<UInt8>, _ type: DataType, _ rows: Evaluation
  ) throws(ReadoutError) -> Values {
    let chosen = try StringKernel.strings(count: takesRight.count, for: rows) { row, out in
      (takesRight[row] != 0 ? right : left).withBytes(row) { out.append(bytesOf: $0) }
    }
    return Values(strings: chosen, type: type)
  }
}
