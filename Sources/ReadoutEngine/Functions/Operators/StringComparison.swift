import ReadoutVectors

/// Comparisons of strings, by code point: bytewise on UTF-8.
///
/// With a constant on one side the other's distinct strings are compared once each; codes of one dictionary are
/// compared as numbers.
enum StringComparison {
  static func kernel(_ order: Comparison.Order, _ operands: [Argument]) -> ScalarKernel {
    if let constant = operands[1].constantString { return kernel(over: 0, order, constant) }
    if let constant = operands[0].constantString { return kernel(over: 1, order.swapped, constant) }
    return ScalarKernel(.boolean) { a, _ in
      if case .coded(let left, let ours) = a[0].payload, case .coded(let right, let theirs) = a[1].payload,
        ours === theirs
      {
        return Values(booleans: compare(left, right, of: ours, order))
      }
      return Values(booleans: compare(a[0].strings, a[1].strings, order))
    }
  }

  private static func kernel(over index: Int, _ order: Comparison.Order, _ constant: String) -> ScalarKernel {
    let constant = StringVector([constant])
    return StringKernel.kernel(.boolean, over: index) { strings, _ in
      let other = constant.gather(Vector<UInt32>(repeating: 0, count: strings.count))
      return Values(booleans: compare(strings, other, order))
    }
  }

  private static func compare(
    _ a: Vector<UInt32>, _ b: Vector<UInt32>, of dictionary: StringDictionary, _ order: Comparison.Order
  ) -> Vector<UInt8> {
    if order == .equal { return a.zip(b) { $0 == $1 ? 1 : 0 } }
    if order == .notEqual { return a.zip(b) { $0 != $1 ? 1 : 0 } }
    let ranks = dictionary.ranks
    let (left, right) = (ranks.gather(a), ranks.gather(b))
    return switch order {
    case .less: left.zip(right) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: left.zip(right) { $0 <= $1 ? 1 : 0 }
    case .greater: left.zip(right) { $0 > $1 ? 1 : 0 }
    default: left.zip(right) { $0 >= $1 ? 1 : 0 }
    }
  }

  static func compare(_ a: StringVector, _ b: StringVector, _ order: Comparison.Order) -> Vector<UInt8> {
    switch order {
    case .equal: Vector(count: a.count) { StringVector.equal(a, $0, b, $0) ? 1 : 0 }
    case .notEqual: Vector(count: a.count) { StringVector.equal(a, $0, b, $0) ? 0 : 1 }
    case .less: Vector(count: a.count) { StringVector.compare(a, $0, b, $0) < 0 ? 1 : 0 }
    case .lessOrEqual: Vector(count: a.count) { StringVector.compare(a, $0, b, $0) <= 0 ? 1 : 0 }
    case .greater: Vector(count: a.count) { StringVector.compare(a, $0, b, $0) > 0 ? 1 : 0 }
    case .greaterOrEqual: Vector(count: a.count) { StringVector.compare(a, $0, b, $0) >= 0 ? 1 : 0 }
    }
  }
}
