import ReadoutVectors

/// `per_thousand per_thousand_low per_thousand_high`: a rate with its Poisson interval.
enum Rate {
  static let perThousand = SimpleAggregate(
    Signature(
      "per_thousand", parameters, result: "number",
      summary:
        "1000 · sum(x) / sum(n) over the rows that have both; null where there are none, or where n adds up to 0.",
      examples: [
        .init("per_thousand(mentions(text, 'OPCON'), words(text))", gives: "mentions per thousand words")
      ])
  ) { _ in
    var kernel = kernel { $0.n == 0 ? nil : 1000 * $0.x / $0.n }
    kernel.additive = .perThousand
    return kernel
  }

  static let low = bound("per_thousand_low", "lower") { $0.low }
  static let high = bound("per_thousand_high", "upper") { $0.high }

  private static let parameters = [
    Parameter("x", [.integer, .number, .boolean]), Parameter("n", [.integer, .number]),
  ]

  private static func bound(
    _ name: String, _ word: String, _ end: @escaping @Sendable ((low: Double, high: Double)) -> Double
  ) -> SimpleAggregate {
    SimpleAggregate(
      Signature(
        name, parameters + [IntervalLevel.parameter], result: "number",
        summary:
          "The \(word) end of the exact Poisson interval (Garwood 1936) of per_thousand(x, n), x being counts, at a level of 0.95 or the one given.",
        examples: [.init("\(name)(mentions(text, 'OPCON'), words(text))", gives: "the \(word) end at 0.95")])
    ) { (arguments) throws(ReadoutError) in
      let level = try IntervalLevel.of(arguments, at: 2, name)
      return kernel { state in
        guard state.n > 0, let interval = PoissonInterval.of(state.x, level: level) else { return nil }
        return 1000 * end(interval) / state.n
      }
    }
  }

  private static func kernel(_ result: @escaping @Sendable (RateState) -> Double?) -> AggregateKernel {
    AggregateKernel(.number) { _ in PairAccumulator<RateState> { states in states.numberResults(result) } }
  }
}

/// The sums of what is counted and of what it is counted among.
struct RateState: PairState {
  var x: Double
  var n: Double

  static var empty: RateState { RateState(x: 0, n: 0) }
  @inline(__always) mutating func add(_ x: Double, _ n: Double) {
    self.x += x
    self.n += n
  }
  mutating func merge(_ other: RateState) {
    x += other.x
    n += other.n
  }
}
