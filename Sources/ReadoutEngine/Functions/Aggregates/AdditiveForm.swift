import ReadoutVectors

/// How an aggregate follows from sums over its rows: a mean is a sum by a count.
///
/// Who takes an aggregate over many overlapping sets of rows, such as resamples, adds sums up rather than going through the
/// rows again. Values agree with the accumulator's up to rounding.
struct AdditiveForm: Sendable {
  /// A number for each row and sum, from the values of the arguments; nil where the sums would not be exact, or where the
  /// accumulator might refuse.
  let terms: @Sendable (_ arguments: [Values], _ rows: Int) -> [Vector<Double>]?
  /// The aggregates that sums amount to, one for each place.
  let result: @Sendable (_ sums: [Vector<Double>]) -> Values

  /// How many rows there are.
  static let rows = AdditiveForm { _, rows in
    [Vector(repeating: 1, count: rows)]
  } result: {
    counts($0[0])
  }

  /// In how many the argument is present.
  static let present = AdditiveForm { arguments, _ in
    [presence(arguments[0])]
  } result: {
    counts($0[0])
  }

  /// In how many the condition is true.
  static let hits = AdditiveForm { arguments, _ in
    [arguments[0].trueBytes.map { Double($0) }]
  } result: {
    counts($0[0])
  }

  /// The sum of numbers.
  static let sum = AdditiveForm { arguments, _ in
    [present(arguments[0])]
  } result: {
    Values(numbers: $0[0])
  }

  /// The sum of integers, as long as it stays within the integers that a double holds.
  static let integerSum = AdditiveForm { arguments, rows in
    let numbers = present(arguments[0])
    let most = numbers.reduce(0) { max($0, $1.magnitude) }
    return most * Double(rows) < 0x1p53 ? [numbers] : nil
  } result: {
    counts($0[0])
  }

  /// The mean of what is present; of a condition, its share.
  static let mean = AdditiveForm { arguments, _ in
    [present(arguments[0]), presence(arguments[0])]
  } result: {
    quotients($0[0], $0[1], scale: 1)
  }

  /// 1000 times the sum of one by the sum of the other.
  static let perThousand = AdditiveForm { arguments, rows in
    let both = presence(arguments[0]).zip(presence(arguments[1])) { $0 * $1 }
    return [
      arguments[0].numbers.zip(both) { $1 == 0 ? 0 : $0 }, arguments[1].numbers.zip(both) { $1 == 0 ? 0 : $0 },
    ]
  } result: {
    quotients($0[0], $0[1], scale: 1000)
  }

  private static func counts(_ sums: Vector<Double>) -> Values { Values(integers: sums.map { Int64($0) }) }

  private static func quotients(_ sums: Vector<Double>, _ counts: Vector<Double>, scale: Double) -> Values {
    Values(
      numbers: sums.zip(counts) { scale * $0 / $1 },
      validity: Bitmap(bytes: counts.map { $0 == 0 ? 0 : 1 }))
  }

  /// 1 for the rows that are not null.
  private static func presence(_ values: Values) -> Vector<Double> {
    values.nullCount == 0
      ? Vector(repeating: 1, count: values.count) : values.presentRows.bytes().map { Double($0) }
  }

  /// The numbers, 0 for null.
  private static func present(_ values: Values) -> Vector<Double> {
    values.nullCount == 0
      ? values.numbers : values.numbers.zip(values.presentRows.bytes()) { $1 == 0 ? 0 : $0 }
  }
}
