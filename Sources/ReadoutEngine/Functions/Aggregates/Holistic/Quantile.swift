import ReadoutVectors

enum Quantile {
  static let median = SimpleAggregate(
    Signature(
      "median", [Parameter("x", [.integer, .number])], result: "number",
      summary: "The middle value of x, the mean of the two middle ones where their number is even; null where there is none.",
      examples: [.init("median(words)", gives: "half of the rows have fewer words")])
  ) { arguments in kernel(0.5, arguments[0].type) }

  static let quantile = SimpleAggregate(
    Signature(
      "quantile", [Parameter("x", [.integer, .number]), Parameter("p", [.number], constant: true)], result: "number",
      summary: "The value below which the share p of x lies, from 0 to 1, interpolated linearly (type 7 of Hyndman and Fan 1996).",
      examples: [.init("quantile(words, 0.9)", gives: "nine rows of ten have fewer words")])
  ) { arguments throws(ReadoutError) in
    let p: Double
    switch arguments[1].constant {
    case .number(let value): p = value
    case .integer(let value): p = Double(value)
    default: p = .nan
    }
    guard (0...1).contains(p) else {
      throw ReadoutError(
        .request, "quantile: p is no share", value: arguments[1].constant?.text, hint: "p lies between 0 and 1, such as 0.9",
        range: arguments[1].range)
    }
    return kernel(p, arguments[0].type)
  }

  private static func kernel(_ p: Double, _ type: DataType) -> AggregateKernel {
    AggregateKernel(.number) { _ in
      CollectingAccumulator(type: type) { groups, _ throws(ReadoutError) in
        Values(
          (0..<groups.count).map { index in
            let values = groups.group(index).map { type == .number ? Double(bitPattern: $0) : Double(Int64(bitPattern: $0)) }
            return interpolate(values, p).map { .number($0) } ?? .null
          }, type: .number)
      }
    }
  }

  /// R's type 7: at `h = (n - 1) p`, between the neighbours. NaN sorts last.
  static func interpolate(_ values: [Double], _ p: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    let place = Double(sorted.count - 1) * p
    let below = Int(place)
    let share = place - Double(below)
    if share == 0 { return sorted[below] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * share
  }
}
