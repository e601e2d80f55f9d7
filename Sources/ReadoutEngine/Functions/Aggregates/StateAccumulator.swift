import ReadoutVectors

/// The state of one group of an aggregate whose state has a fixed size: taken row by row, merged, and read at the end.
protocol GroupState: BitwiseCopyable, Sendable {
  associatedtype Input: BitwiseCopyable & Sendable
  /// A group without rows.
  static var empty: Self { get }
  mutating func add(_ value: Input)
  mutating func merge(_ other: Self)

  // The loops over a batch are requirements, so that each state type has its own, with `add` inlined: one dynamic call a batch.

  /// Adds each row that is present to its group.
  static func scatter(
    _ values: Vector<Input>, validity: Bitmap?, groups: Vector<UInt32>, into states: inout MutableVector<Self>)
  /// The same for a column's rows as they are encoded; false, nothing added, where they must be decoded first.
  static func scatter(
    _ chunk: ColumnChunk, _ rows: EncodedRows, groups: GroupNumbers, into states: inout MutableVector<Self>
  ) -> Bool
  /// Merges state `i` into group `groups[i]`.
  static func merge(_ others: Vector<Self>, groups: Vector<UInt32>, into states: inout MutableVector<Self>)
}

extension GroupState {
  static func scatter(
    _ values: Vector<Input>, validity: Bitmap?, groups: Vector<UInt32>, into states: inout MutableVector<Self>
  ) {
    if groups.areAllZero, groups.count == values.count, states.count > 0 {
      states.updateGroup(0, with: values, validity: validity) { $0.add($1) }
    } else {
      states.updateGroups(groups, with: values, validity: validity) { $0.add($1) }
    }
  }

  static func merge(_ others: Vector<Self>, groups: Vector<UInt32>, into states: inout MutableVector<Self>) {
    states.updateGroups(groups, with: others, validity: nil) { $0.merge($1) }
  }
}

extension GroupState where Input == Double {
  static func scatter(
    _ chunk: ColumnChunk, _ rows: EncodedRows, groups: GroupNumbers, into states: inout MutableVector<Self>
  ) -> Bool {
    guard case .numbers(let numbers) = chunk.storage else { return false }
    let values = numbers[rows.range]
    if let selection = rows.selection {
      guard chunk.zone.nullCount == 0 else { return false }
      states.updateGroups(groups, with: values, at: selection) { $0.add($1) }
    } else {
      states.updateGroups(groups, with: values, validity: chunk.validity?[rows.range]) { $0.add($1) }
    }
    return true
  }
}

extension GroupState where Input == Int64 {
  static func scatter(
    _ chunk: ColumnChunk, _ rows: EncodedRows, groups: GroupNumbers, into states: inout MutableVector<Self>
  ) -> Bool {
    guard case .integers(let packed) = chunk.storage, rows.selection == nil else { return false }
    let range = rows.range
    let base = packed.base
    let validity = chunk.validity?[range]
    switch packed.offsets {
    case .bits8(let vector):
      states.updateGroups(groups, with: vector[range], validity: validity) { $0.add(base &+ Int64($1)) }
    case .bits16(let vector):
      states.updateGroups(groups, with: vector[range], validity: validity) { $0.add(base &+ Int64($1)) }
    case .bits32(let vector):
      states.updateGroups(groups, with: vector[range], validity: validity) { $0.add(base &+ Int64($1)) }
    case .bits64(let vector): states.updateGroups(groups, with: vector[range], validity: validity) { $0.add($1) }
    }
    return true
  }
}

/// A state that counts its rows.
protocol CountingState: GroupState {
  var rows: Int64 { get }
}

extension StateAccumulator: RowCounting where State: CountingState {
  func rowCounts(_ count: Int) -> Vector<Int64> {
    resize(to: count)
    return Vector(count: count) { states[$0].rows }
  }
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
final class StateAccumulator<State: GroupState>: EncodedAccumulator where State.Input: GroupInput {
  fileprivate var states = MutableVector<State>()
  private let result: (Vector<State>) throws(ReadoutError) -> Values

  init(_ result: @escaping (Vector<State>) throws(ReadoutError) -> Values) { self.result = result }

  func resize(to count: Int) { if count > states.count { states.resizeGroups(to: count, filling: State.empty) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    State.scatter(State.Input.vector(of: values), validity: values.validity, groups: groups, into: &states)
  }

  func update(_ chunks: [ColumnChunk], _ rows: EncodedRows, groups: GroupNumbers) -> Bool {
    State.scatter(chunks[0], rows, groups: groups, into: &states)
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? StateAccumulator<State> else { throw .bug("accumulators of different classes") }
    State.merge(other.states.take(), groups: groups, into: &states)
  }

  func finalize(count: Int) throws(ReadoutError) -> Values {
    resize(to: count)
    return try result(states.take())
  }
}

extension Vector {
  /// A result a group, null where `body` gives nil.
  func integerResults(type: DataType = .integer, _ body: (Element) -> Int64?) -> Values {
    let (results, validity) = results(0, body)
    return Values(integers: results, type: type, validity: validity)
  }

  func numberResults(_ body: (Element) -> Double?) -> Values {
    let (results, validity) = results(0, body)
    return Values(numbers: results, validity: validity)
  }

  private func results<R>(_ null: R, _ body: (Element) -> R?) -> (Vector<R>, Bitmap?) {
    var results = MutableVector<R>(capacity: count)
    var present = BitmapBuilder()
    for element in self {
      let result = body(element)
      results.append(result ?? null)
      present.append(result != nil)
    }
    return (results.freeze(), present.freezeValidity())
  }
}
