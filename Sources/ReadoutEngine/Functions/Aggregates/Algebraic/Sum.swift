import ReadoutVectors

enum Sum {
  static let sum = SimpleAggregate(
    Signature(
      "sum", [Parameter("x", [.integer, .number, .boolean])], result: "integer, or number where x is one",
      summary: "The sum of x, 0 where no row has a value; a boolean counts as 0 or 1.",
      examples: [
        .init("sum(words)", gives: "all words together"),
        .init("sum(tone < 0)", gives: "the rows with a negative tone"),
      ])
  ) { arguments in
    if arguments[0].type == .number {
      var kernel = AggregateKernel(.number) { _ in
        StateAccumulator<SumState> { states throws(ReadoutError) in states.numberResults { $0.sum } }
      }
      kernel.additive = .sum
      return kernel
    }
    var kernel = AggregateKernel(.integer) { _ in IntegerSumAccumulator(.sum) }
    kernel.additive = .integerSum
    return kernel
  }

  static let mean = SimpleAggregate(
    Signature(
      "mean", [Parameter("x", [.integer, .number, .boolean])], result: "number",
      summary: "The arithmetic mean of x, null where no row has a value; a boolean counts as 0 or 1.",
      examples: [
        .init("mean(tone)", gives: "the average tone"), .init("mean(tone < 0)", gives: "the share of negative rows"),
      ])
  ) { arguments in
    if arguments[0].type == .number {
      var kernel = AggregateKernel(.number) { _ in
        StateAccumulator<MeanState> { states throws(ReadoutError) in
          states.numberResults { $0.count == 0 ? nil : $0.sum / $0.count }
        }
      }
      kernel.countsRows = true
      kernel.additive = .mean
      return kernel
    }
    var kernel = AggregateKernel(.number) { _ in IntegerSumAccumulator(.mean) }
    kernel.additive = .mean
    return kernel
  }
}

/// The sum of doubles, added in row order.
struct SumState: GroupState {
  var sum: Double

  static var empty: SumState { SumState(sum: 0) }
  @inline(__always) mutating func add(_ value: Double) { sum += value }
  @inline(__always) mutating func merge(_ other: SumState) { sum += other.sum }
}

/// Sum and count of doubles, added in row order: both in one register, the count as a double, exact up to 2^53.
struct MeanState: CountingState {
  private var sumAndCount: SIMD2<Double>

  var sum: Double { sumAndCount[0] }
  var count: Double { sumAndCount[1] }
  var rows: Int64 { Int64(count) }

  static var empty: MeanState { MeanState(sumAndCount: .zero) }
  @inline(__always) mutating func add(_ value: Double) { sumAndCount += SIMD2(value, 1) }
  @inline(__always) mutating func merge(_ other: MeanState) { sumAndCount += other.sumAndCount }
}
