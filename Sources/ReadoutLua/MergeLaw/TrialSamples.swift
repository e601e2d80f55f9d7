import ReadoutEngine
import ReadoutVectors

/// The rows that a fold's merge law is tried on: those of its examples, and rows made of values of the parameters' types.
/// Always the same ones, smallest first.
struct TrialSamples {
  private static let mostExamples = 32
  private static let mostRows = 64

  private(set) var rows: [[[Scalar]]] = []
  private let definition: MetricDefinition
  /// The values other than null that examples have for each parameter.
  private var known: [[Scalar]]
  private var random = SplitMix64(seed: 1979)

  init(_ definition: MetricDefinition) {
    self.definition = definition
    known = definition.parameters.map { _ in [] }
    let examples = definition.examples.prefix(Self.mostExamples).map { Array($0.rows.prefix(Self.mostRows)) }
    for row in examples.joined() {
      for (index, value) in row.enumerated() where value != .null && !known[index].contains(value) {
        known[index].append(value)
      }
    }
    rows = examples.filter { !$0.isEmpty }
    if rows.count > 1 { rows.append(Array(examples.joined().prefix(Self.mostRows))) }
    // Several kinds, for a fold may refuse some: values of its examples in new combinations, positive ones, any, and nulls.
    if known.allSatisfy({ !$0.isEmpty }) { add(8) { $0.random.pick($0.known[$1]) } }
    for count in [2, 5] { add(count) { $0.value(of: $0.definition.parameters[$1].type, isPositive: true) } }
    for count in [3, 12] { add(count) { $0.mixed($1) } }
    if definition.passesNulls { add(10) { $0.random.below(4) == 0 ? .null : $0.mixed($1) } }
    rows = rows.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
  }

  private mutating func add(_ count: Int, _ value: (inout TrialSamples, _ parameter: Int) -> Scalar) {
    var sample: [[Scalar]] = []
    for _ in 0..<count {
      var row: [Scalar] = []
      for parameter in definition.parameters.indices { row.append(value(&self, parameter)) }
      sample.append(row)
    }
    rows.append(sample)
  }

  private mutating func mixed(_ parameter: Int) -> Scalar {
    if !known[parameter].isEmpty, random.below(2) == 0 { return random.pick(known[parameter]) }
    return value(of: definition.parameters[parameter].type, isPositive: false)
  }

  /// Small values; numbers are quarters, so that their sums are exact in any order.
  private mutating func value(of type: DataType, isPositive: Bool) -> Scalar {
    let small = Int64(isPositive ? random.below(9) + 1 : random.below(14) - 5)
    switch type {
    case .integer: return .integer(small)
    case .number: return .number(Double(small) + Double(isPositive ? 0 : random.below(4)) / 4)
    case .boolean: return .boolean(random.below(2) == 0)
    case .string: return .string(random.pick(["a", "b", "c", "ab", "Seoul", isPositive ? "d" : ""]))
    case .text:
      return .string(random.pick(["We may agree.", "No.", "Two words", "It rains; it pours.", isPositive ? "x" : ""]))
    case .date: return .date(20_000 + Int64(random.below(60)))
    case .timestamp: return .timestamp(1_735_689_600_000_000 + Int64(random.below(200)) * 3_600_000_000)
    case .list: return .list(Array(["a", "b", "c"].prefix(random.below(3) + (isPositive ? 1 : 0))))
    }
  }
}
