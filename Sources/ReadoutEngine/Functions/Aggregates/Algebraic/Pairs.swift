import ReadoutVectors

enum Pairs {
  static let corr = SimpleAggregate(
    Signature(
      "corr", [Parameter("x", [.integer, .number]), Parameter("y", [.integer, .number])], result: "number",
      summary:
        "Pearson's correlation of x and y over the rows that have both, null for fewer than two or where one does not vary.",
      examples: [.init("corr(tone, words)", gives: "from -1 to 1")])
  ) { _ in
    AggregateKernel(.number) { _ in
      PairAccumulator<CorrelationState> { states in states.numberResults { $0.correlation } }
    }
  }

  static let weightedMean = SimpleAggregate(
    Signature(
      "weighted_mean", [Parameter("x", [.integer, .number]), Parameter("w", [.integer, .number])], result: "number",
      summary: "The mean of x weighted by w over the rows that have both, null where the weights add up to 0.",
      examples: [.init("weighted_mean(tone, words)", gives: "the average tone, long texts counting more")])
  ) { _ in
    AggregateKernel(.number) { _ in
      PairAccumulator<WeightedState> { states in
        states.numberResults { $0.weight == 0 ? nil : $0.sum / $0.weight }
      }
    }
  }
}

/// The state of one group of an aggregate of two numbers.
protocol PairState: BitwiseCopyable, Sendable {
  static var empty: Self { get }
  mutating func add(_ x: Double, _ y: Double)
  mutating func merge(_ other: Self)
  /// Adds each row that is present to its group: a requirement, so that each state type has a loop with `add` inlined.
  static func scatter(
    _ x: Vector<Double>, _ y: Vector<Double>, validity: Bitmap?, groups: Vector<UInt32>,
    into states: inout MutableVector<Self>)
  static func merge(_ others: Vector<Self>, groups: Vector<UInt32>, into states: inout MutableVector<Self>)
}

extension PairState {
  static func scatter(
    _ x: Vector<Double>, _ y: Vector<Double>, validity: Bitmap?, groups: Vector<UInt32>,
    into states: inout MutableVector<Self>
  ) {
    states.updateGroups(groups, with: x, and: y, validity: validity) { $0.add($1, $2) }
  }

  static func merge(_ others: Vector<Self>, groups: Vector<UInt32>, into states: inout MutableVector<Self>) {
    states.updateGroups(groups, with: others, validity: nil) { $0.merge($1) }
  }
}

/// An accumulator of two numeric arguments. Rows in which either is null are skipped.
final class PairAccumulator<State: PairState>: Accumulator {
  private var states = MutableVector<State>()
  private let result: (Vector<State>) -> Values

  init(_ result: @escaping (Vector<State>) -> Values) { self.result = result }

  func resize(to count: Int) { if count > states.count { states.resize(to: count, filling: State.empty) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let (x, y) = (arguments[0], arguments[1])
    if x.nullCount == x.count || y.nullCount == y.count { return }
    State.scatter(
      x.numbers, y.numbers, validity: Bitmap.both(x.validity, y.validity), groups: groups, into: &states)
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? PairAccumulator<State> else { throw .bug("accumulators of different classes") }
    State.merge(other.states.take(), groups: groups, into: &states)
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    return result(states.take())
  }
}

/// Means and co-moments of two variables: Welford's update for x, y and their product; merged after Chan et al. (1979).
struct CorrelationState: PairState {
  var count: Double
  var meanX: Double
  var meanY: Double
  var m2X: Double
  var m2Y: Double
  var mXY: Double

  static var empty: CorrelationState { CorrelationState(count: 0, meanX: 0, meanY: 0, m2X: 0, m2Y: 0, mXY: 0) }

  @inline(__always) mutating func add(_ x: Double, _ y: Double) {
    count += 1
    let dx = x - meanX
    let dy = y - meanY
    let share = 1 / count
    meanX += dx * share
    meanY += dy * share
    m2X += dx * (x - meanX)
    m2Y += dy * (y - meanY)
    mXY += dx * (y - meanY)
  }

  mutating func merge(_ other: CorrelationState) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let total = count + other.count
    let dx = other.meanX - meanX
    let dy = other.meanY - meanY
    let weight = count * other.count / total
    meanX += dx * other.count / total
    meanY += dy * other.count / total
    m2X += other.m2X + dx * dx * weight
    m2Y += other.m2Y + dy * dy * weight
    mXY += other.mXY + dx * dy * weight
    count = total
  }

  var correlation: Double? {
    guard count >= 2, m2X != 0, m2Y != 0 else { return nil }
    let value = mXY / (m2X.squareRoot() * m2Y.squareRoot())
    return value.isNaN ? value : Swift.min(1, Swift.max(-1, value))
  }
}

struct WeightedState: PairState {
  var sum: Double
  var weight: Double

  static var empty: WeightedState { WeightedState(sum: 0, weight: 0) }
  @inline(__always) mutating func add(_ x: Double, _ w: Double) {
    sum += x * w
    weight += w
  }
  mutating func merge(_ other: WeightedState) {
    sum += other.sum
    weight += other.weight
  }
}
