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
      return AggregateKernel(.number) { _ in
        StateAccumulator<SumState> { states throws(ReadoutError) in states.numberResults { $0.sum } }
      }
    }
    return AggregateKernel(.integer) { _ in StateAccumulator<IntegerSumState>(IntegerSumState.sums) }
  }

  static let mean = SimpleAggregate(
    Signature(
      "mean", [Parameter("x", [.integer, .number, .boolean])], result: "number",
      summary: "The arithmetic mean of x, null where no row has a value; a boolean counts as 0 or 1.",
      examples: [.init("mean(tone)", gives: "the average tone"), .init("mean(tone < 0)", gives: "the share of negative rows")])
  ) { arguments in
    if arguments[0].type == .number {
      return AggregateKernel(.number) { _ in
        StateAccumulator<SumState> { states throws(ReadoutError) in
          states.numberResults { $0.count == 0 ? nil : $0.sum / Double($0.count) }
        }
      }
    }
    return AggregateKernel(.number) { _ in
      StateAccumulator<IntegerSumState> { states throws(ReadoutError) in
        states.numberResults { $0.count == 0 ? nil : $0.asDouble / Double($0.count) }
      }
    }
  }
}

/// Sum and count of doubles, added in row order.
struct SumState: GroupState {
  var sum: Double
  var count: Int64

  static var empty: SumState { SumState(sum: 0, count: 0) }

  @inline(__always) mutating func add(_ value: Double) {
    sum += value
    count &+= 1
  }

  mutating func merge(_ other: SumState) {
    sum += other.sum
    count &+= other.count
  }
}

/// Exact sum of integers: `high * 2^64 + low`, with `low` unsigned, so that no order of rows can overflow on the way.
struct IntegerSumState: GroupState {
  var low: UInt64
  var high: Int64
  var count: Int64

  static var empty: IntegerSumState { IntegerSumState(low: 0, high: 0, count: 0) }

  @inline(__always) mutating func add(_ value: Int64) {
    let (sum, carry) = low.addingReportingOverflow(UInt64(bitPattern: value))
    low = sum
    high &+= (value >> 63) &+ (carry ? 1 : 0)
    count &+= 1
  }

  mutating func merge(_ other: IntegerSumState) {
    let (sum, carry) = low.addingReportingOverflow(other.low)
    low = sum
    high &+= other.high &+ (carry ? 1 : 0)
    count &+= other.count
  }

  /// The sum, nil where it leaves 64 bits.
  var sum: Int64? {
    let value = Int64(bitPattern: low)
    return high == value >> 63 ? value : nil
  }

  var asDouble: Double {
    if let sum { return Double(sum) }
    return Double(high) * 0x1p64 + Double(low)
  }

  static func sums(_ states: Vector<IntegerSumState>) throws(ReadoutError) -> Values {
    for state in states where state.sum == nil {
      throw ReadoutError(
        .data, "the sum of integers leaves 64 bits", value: "about \(state.asDouble)",
        hint: "sum them as numbers: sum(number(x))")
    }
    return states.integerResults { $0.sum }
  }
}
