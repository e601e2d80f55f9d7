import ReadoutVectors

/// `share share_low share_high`: a share of rows with its Wilson interval.
enum Share {
  static let share = SimpleAggregate(
    Signature(
      "share", [condition], result: "number",
      summary:
        "The share of the rows for which the condition is true, from 0 to 1, among those where it is not null; null where there are none.",
      examples: [.init("share(mentions(text, 'OPCON') > 0)", gives: "the share of rows that mention OPCON")])
  ) { _ in
    var kernel = kernel { $0.count == 0 ? nil : Double($0.hits) / Double($0.count) }
    kernel.additive = .mean
    return kernel
  }

  static let low = bound("share_low", "lower") { $0.low }
  static let high = bound("share_high", "upper") { $0.high }

  private static let condition = Parameter("condition", [.boolean])

  private static func bound(
    _ name: String, _ word: String, _ end: @escaping @Sendable ((low: Double, high: Double)) -> Double
  ) -> SimpleAggregate {
    SimpleAggregate(
      Signature(
        name, [condition, IntervalLevel.parameter], result: "number",
        summary:
          "The \(word) end of the Wilson interval (1927) of share(condition), at a level of 0.95 or the one given.",
        examples: [
          .init("\(name)(tone < 0)", gives: "the \(word) end at 0.95"),
          .init("\(name)(tone < 0, 0.99)", gives: "the \(word) end at 0.99"),
        ])
    ) { (arguments) throws(ReadoutError) in
      let level = try IntervalLevel.of(arguments, at: 1, name)
      return kernel { WilsonInterval.of(Double($0.hits), among: Double($0.count), level: level).map(end) }
    }
  }

  private static func kernel(_ result: @escaping @Sendable (ShareState) -> Double?) -> AggregateKernel {
    AggregateKernel(.number) { _ in
      StateAccumulator<ShareState> { states throws(ReadoutError) in states.numberResults(result) }
    }
  }
}

/// How many rows there are, and for how many of them the condition is true.
struct ShareState: GroupState {
  var hits: Int64
  var count: Int64

  static var empty: ShareState { ShareState(hits: 0, count: 0) }

  @inline(__always) mutating func add(_ value: Int64) {
    hits &+= value
    count &+= 1
  }

  @inline(__always) mutating func merge(_ other: ShareState) {
    hits &+= other.hits
    count &+= other.count
  }
}
