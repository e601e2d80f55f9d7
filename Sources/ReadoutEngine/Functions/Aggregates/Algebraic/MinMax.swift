import ReadoutVectors

enum MinMax {
  static let min = aggregate("min", "smallest", wantsLess: true)
  static let max = aggregate("max", "largest", wantsLess: false)

  private static func aggregate(_ name: String, _ word: String, wantsLess: Bool) -> SimpleAggregate {
    SimpleAggregate(
      Signature(
        name, [Parameter("x", [.integer, .number, .date, .timestamp, .string, .text, .boolean])],
        result: "the type of x",
        summary:
          "The \(word) value of x, null where no row has one; strings by code point, NaN only where there is nothing else.",
        examples: [.init("\(name)(date)", gives: "the \(wantsLess ? "first" : "last") day")])
    ) { arguments in
      let type = arguments[0].type
      switch type {
      case .number:
        return AggregateKernel(.number) { _ in
          if wantsLess {
            return StateAccumulator<NumberMinimum> { states throws(ReadoutError) in states.numberResults { $0.result } }
          }
          return StateAccumulator<NumberMaximum> { states throws(ReadoutError) in states.numberResults { $0.result } }
        }
      case .string, .text: return AggregateKernel(type) { _ in StringExtreme(type: type, wantsLess: wantsLess) }
      case .boolean:
        return AggregateKernel(.boolean) { _ in
          if wantsLess { return StateAccumulator<IntegerMinimum>(booleans) }
          return StateAccumulator<IntegerMaximum>(booleans)
        }
      default:
        return AggregateKernel(type) { _ in
          if wantsLess {
            return StateAccumulator<IntegerMinimum> { states throws(ReadoutError) in
              states.integerResults(type: type) { $0.result }
            }
          }
          return StateAccumulator<IntegerMaximum> { states throws(ReadoutError) in
            states.integerResults(type: type) { $0.result }
          }
        }
      }
    }
  }

  private static func booleans<State: IntegerExtreme>(_ states: Vector<State>) -> Values {
    let values = states.integerResults { $0.result }
    return Values(booleans: values.integers.map { UInt8(truncatingIfNeeded: $0) }, validity: values.validity)
  }
}

protocol IntegerExtreme: GroupState where Input == Int64 {
  var result: Int64? { get }
}

struct IntegerMinimum: IntegerExtreme {
  var value: Int64
  var isPresent: Int64

  static var empty: IntegerMinimum { IntegerMinimum(value: .max, isPresent: 0) }
  @inline(__always) mutating func add(_ value: Int64) {
    self.value = Swift.min(self.value, value)
    isPresent = 1
  }
  mutating func merge(_ other: IntegerMinimum) {
    value = Swift.min(value, other.value)
    isPresent |= other.isPresent
  }
  var result: Int64? { isPresent == 0 ? nil : value }
}

struct IntegerMaximum: IntegerExtreme {
  var value: Int64
  var isPresent: Int64

  static var empty: IntegerMaximum { IntegerMaximum(value: .min, isPresent: 0) }
  @inline(__always) mutating func add(_ value: Int64) {
    self.value = Swift.max(self.value, value)
    isPresent = 1
  }
  mutating func merge(_ other: IntegerMaximum) {
    value = Swift.max(value, other.value)
    isPresent |= other.isPresent
  }
  var result: Int64? { isPresent == 0 ? nil : value }
}

/// NaN loses against every number; of -0.0 and 0.0 the first one stays.
struct NumberMinimum: GroupState {
  var value: Double
  var isPresent: Int64

  static var empty: NumberMinimum { NumberMinimum(value: .nan, isPresent: 0) }
  @inline(__always) mutating func add(_ value: Double) {
    if value < self.value || self.value.isNaN { self.value = value }
    isPresent = 1
  }
  mutating func merge(_ other: NumberMinimum) { if other.isPresent != 0 { add(other.value) } }
  var result: Double? { isPresent == 0 ? nil : value }
}

struct NumberMaximum: GroupState {
  var value: Double
  var isPresent: Int64

  static var empty: NumberMaximum { NumberMaximum(value: .nan, isPresent: 0) }
  @inline(__always) mutating func add(_ value: Double) {
    if value > self.value || self.value.isNaN { self.value = value }
    isPresent = 1
  }
  mutating func merge(_ other: NumberMaximum) { if other.isPresent != 0 { add(other.value) } }
  var result: Double? { isPresent == 0 ? nil : value }
}

/// The least or greatest string of each group, kept as a copy.
final class StringExtreme: Accumulator {
  private let type: DataType
  private let wantsLess: Bool
  private var best: [String?] = []

  init(type: DataType, wantsLess: Bool) {
    self.type = type
    self.wantsLess = wantsLess
  }

  func resize(to count: Int) { if count > best.count { best += Array(repeating: nil, count: count - best.count) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let strings = values.strings
    // The best row of the batch for each group first; one comparison of whole strings a group after that.
    var bestRow: [UInt32: Int] = [:]
    for row in 0..<values.count where !values.isNull(row) {
      guard let known = bestRow[groups[row]] else {
        bestRow[groups[row]] = row
        continue
      }
      let order = StringVector.compare(strings, row, strings, known)
      if wantsLess ? order < 0 : order > 0 { bestRow[groups[row]] = row }
    }
    for (group, row) in bestRow { take(strings[row], group: Int(group)) }
  }

  private func take(_ string: String, group: Int) {
    guard let known = best[group] else {
      best[group] = string
      return
    }
    let replaces =
      wantsLess
      ? string.utf8.lexicographicallyPrecedes(known.utf8) : known.utf8.lexicographicallyPrecedes(string.utf8)
    if replaces { best[group] = string }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? StringExtreme else { throw .bug("accumulators of different classes") }
    for group in groups.indices {
      if let string = other.best[group] { take(string, group: Int(groups[group])) }
    }
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    return Values(best[0..<count].map { $0.map { .string($0) } ?? .null }, type: type)
  }
}
