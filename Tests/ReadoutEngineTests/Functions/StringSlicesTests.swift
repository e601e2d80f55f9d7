import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Kernels over long strings run for some rows after others.
struct StringSlicesTests {
  private static let texts = (0..<200).map { row in
    row % 17 == 0
      ? "" : String(repeating: ["Köln, war", "peace; a.b", "nuclear 2025 tests "][row % 3], count: row % 29)
  }
  private static let calls: [(name: String, others: [Scalar])] = [
    ("upper", []), ("trim", []), ("sub", [.integer(2), .integer(9)]), ("length", []), ("words", []), ("tokens", []),
    ("sentences", []), ("split", [.string(" ")]), ("replace", [.string("a"), .string("bb")]),
    ("contains", [.string("war")]), ("extract", [.string("[a-z]+")]), ("matches", [.string("r$")]),
    ("mentions", [.string("war"), .string("*uclea*"), .string("/te?sts/")]), ("has", [.string("war AND NOT peace*")]),
    ("greatest", [.string("m")]),
  ]

  /// The kernel and its arguments: the texts, some of them null, and constants.
  private static func call(_ name: String, _ others: [Scalar]) throws -> (ScalarKernel, [Values]) {
    let function = try #require(TinyEvaluator(.rows).functions[name])
    let types = [DataType.text] + others.map { $0.type ?? .string }
    let bound = zip(types, [nil] + others).map { Argument(type: $0, constant: $1) }
    let strings = StringVector(texts)
    let values =
      [Values(type: .text, payload: .strings(strings), count: texts.count)]
      + others.map { Values(repeating: $0, type: $0.type ?? .string, count: texts.count) }
    return (try function.bind(bound), values)
  }

  @Test(arguments: calls.map(\.name)) func theValuesAreTheSame(name: String) throws {
    let others = try #require(Self.calls.first { $0.name == name }).others
    var (kernel, arguments) = try Self.call(name, others)
    let rows = Evaluation(
      worker: Worker(index: 0, ExecutionOptions(threads: 1)), count: Self.texts.count, firstRow: 40,
      selection: Vector((0..<Self.texts.count).map { UInt32($0 * 2) }))
    let whole = try kernel.body(arguments, rows)
    for bytes in [1, 50, 700, 1 << 30] {
      kernel.bytesBetweenLooks = bytes
      let sliced = try kernel.callBody(arguments, rows)
      #expect(sliced.count == whole.count)
      #expect((0..<whole.count).allSatisfy { sliced[$0] == whole[$0] }, "\(name), \(bytes) bytes")
    }
  }

  @Test func theClockIsLookedAtInBetween() throws {
    let control = ExecutionControl()
    let calls = Counter()
    var kernel = ScalarKernel(.integer) { arguments, rows in
      calls.count += 1
      if calls.count == 3 { control.cancel() }
      return Values(integers: Vector(repeating: 1, count: rows.count))
    }
    kernel.bytesBetweenLooks = 50
    let (_, arguments) = try Self.call("length", [])
    let rows = Evaluation(
      worker: Worker(index: 0, ExecutionOptions(threads: 1, control: control)), count: Self.texts.count)
    #expect(throws: ReadoutError.self) { try kernel.callBody(arguments, rows) }
    #expect(calls.count == 3)
  }

  /// Rows keep their numbers in the table, which errors name.
  @Test func rowsKeepTheirNumbers() {
    let plain = Evaluation(worker: Worker(index: 0), count: 10, firstRow: 100)
    #expect(plain[4..<7].rowNumber(1) == plain.rowNumber(5))
    let selected = Evaluation(
      worker: Worker(index: 0), count: 3, firstRow: 100, selection: Vector([2, 5, 9] as [UInt32]))
    #expect(selected[1..<3].rowNumber(1) == selected.rowNumber(2))
  }

  private final class Counter: @unchecked Sendable {
    // Sound: used by one thread.
    var count = 0
  }

  @Test func slicesCoverAllRows() {
    let strings = StringVector(Self.texts)
    for bytes in [1, 10, 100, 1000, 1 << 20] {
      let slices = StringSlices.of([strings], count: strings.count, bytes: bytes)
      #expect(slices.flatMap { Array($0) } == Array(0..<strings.count))
      #expect(bytes > 1000 ? slices.count == 1 : slices.count > 1)
    }
    #expect(StringSlices.of([], count: 0, bytes: 1).isEmpty)
  }
}
