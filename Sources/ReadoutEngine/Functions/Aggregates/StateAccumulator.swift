import ReadoutVectors

/// The state of one group of an aggregate whose state has a fixed size: taken row by row, merged, and read at the end.
protocol GroupState: BitwiseCopyable, Sendable {
  associatedtype Input: BitwiseCopyable & Sendable
  /// A group without rows.
  static var empty: Self { get }
  mutating func add(_ value: Input)
  mutating func merge(_ other: Self)
}

/// What a state reads from an argument's values.
protocol GroupInput: BitwiseCopyable, Sendable {
  static func vector(of values: Values) -> Vector<Self>
}

extension Int64: GroupInput {
  static func vector(of values: Values) -> Vector<Int64> {
    values.type == .boolean ? values.booleans.map { Int64($0) } : values.integers
  }
}
extension Double: GroupInput {
  static func vector(of values: Values) -> Vector<Double> { values.numbers }
}

/// An accumulator of one argument: a dense array of states, one a group. Nulls are skipped.
final class StateAccumulator<State: GroupState>: Accumulator where State.Input: GroupInput {
  private var states = MutableVector<State>()
  private let result: (Vector<State>) throws(ReadoutError) -> Values

  init(_ result: @escaping (Vector<State>) throws(ReadoutError) -> Values) { self.result = result }

  func resize(to count: Int) { if count > states.count { states.resize(to: count, filling: State.empty) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    states.updateGroups(groups, with: State.Input.vector(of: values), validity: values.validity) { $0.add($1) }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? StateAccumulator<State> else { throw .bug("accumulators of different classes") }
    for group in groups.indices { states[Int(groups[group])].merge(other.states[group]) }
  }

  func finalize(count: Int) throws(ReadoutError) -> Values {
    resize(to: count)
    return try result(states.take())
  }
}

extension Vector {
  /// A result a group, null where `body` gives nil.
  func integerResults(type: DataType = .integer, _ body: (Element) -> Int64?) -> Values {
    let results = self.map { body($0) ?? 0 }
    return Values(integers: results, type: type, validity: presence { body($0) != nil })
  }

  func numberResults(_ body: (Element) -> Double?) -> Values {
    Values(numbers: self.map { body($0) ?? 0 }, validity: presence { body($0) != nil })
  }

  private func presence(_ isPresent: (Element) -> Bool) -> Bitmap? {
    let bitmap = Bitmap(count: count) { isPresent(self[$0]) }
    return bitmap.allSet ? nil : bitmap
  }
}
