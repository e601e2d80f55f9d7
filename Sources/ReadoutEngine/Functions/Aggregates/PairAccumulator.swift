import ReadoutVectors

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
