import ReadoutEngine
import ReadoutVectors
import Testing

/// Laws of every aggregate: in parts and merged is in one go, however the values are encoded, and as the textbook says.
@Suite struct AggregateLawTests {
  static let functions: [String] = FunctionRegistry.builtIn.names.filter {
    if case .aggregate = FunctionRegistry.builtIn[$0] { true } else { false }
  }

  @Test func theContractsAggregatesAreThere() {
    #expect(
      Self.functions == [
        "approx_distinct", "corr", "count", "count_if", "distinct", "entropy", "few", "first", "last", "max", "mean",
        "median", "min", "mode", "per_thousand", "per_thousand_high", "per_thousand_low", "quantile", "share",
        "share_high", "share_low", "stddev", "sum", "top", "variance", "weighted_mean",
      ])
  }

  @Test(arguments: functions, [0, 1, 2, 50, 700]) func partsMergedAreTheWhole(_ name: String, rows: Int) throws {
    for seed in Seeds.upTo(12) {
      var random = SeededGenerator(seed: seed &* 7919 &+ UInt64(rows))
      let run = try AggregateRun(name, rows: rows, &random)
      let whole = Result { try run.whole(.asIs) }
      for encoding in AggregateRun.Encoding.allCases {
        let encoded = Result { try run.whole(encoding) }
        expectSame(encoded, whole, tolerance: 0, "\(run.title), seed \(seed), \(encoding)")
      }
      for _ in 0..<3 {
        let merged = Result { try run.inParts(&random) }
        expectSame(merged, whole, tolerance: 1e-9, "\(run.title), seed \(seed), in parts and merged")
      }
    }
  }

  @Test(arguments: functions, [0, 1, 2, 50, 700]) func valuesAreTheTextbooks(_ name: String, rows: Int) throws {
    for seed in Seeds.upTo(12) {
      var random = SeededGenerator(seed: seed &* 104_729 &+ UInt64(rows))
      let run = try AggregateRun(name, rows: rows, &random)
      let (answer, expected) = (Result { try run.whole(.asIs) }, Result { try run.naive() })
      expectSame(answer, expected, tolerance: 1e-9, "\(run.title), seed \(seed)")
    }
  }

  @Test(arguments: functions) func theLawsSeeValues(_ name: String) throws {
    var random = SeededGenerator(seed: 1)
    let runs = try (0..<20).map { _ in try AggregateRun(name, rows: 200, &random) }
    // A sum may leave 64 bits; what a run gives then is looked at above.
    let results = runs.flatMap { (try? $0.whole(.asIs)) ?? [] }
    #expect(Set(results).count > 2, "\(name) gives hardly anything to compare")
  }

  @Test func approximateCountsAreNear() throws {
    let count = 60_000
    let kernel = try AggregateRun.kernel("approx_distinct", types: [.integer], constants: [nil])
    let accumulator = try kernel.makeAccumulator(Worker(index: 0))
    try accumulator.resize(to: 1)
    let values = Values(integers: Vector((0..<2 * count).map { Int64($0 % count) * 31 }))
    try accumulator.update(
      [values], groups: Vector(repeating: 0, count: values.count),
      rows: Evaluation(worker: Worker(index: 0), count: values.count))
    guard case .integer(let found) = try accumulator.finalize(count: 1)[0] else {
      throw OracleError(reason: "no count")
    }
    // Three standard errors of a sketch of 1,024 hashes; the hashes are fixed, so this never varies.
    #expect(abs(Double(found) / Double(count) - 1) < 0.1)
  }

  /// The same values, or an error in both.
  private func expectSame(
    _ answer: Result<[Scalar], any Error>, _ expected: Result<[Scalar], any Error>, tolerance: Double, _ title: String
  ) {
    switch (answer, expected) {
    case (.success(let answer), .success(let expected)):
      for (group, pair) in zip(answer, expected).enumerated()
      where !Comparison.isClose(pair.0, pair.1, tolerance: tolerance) {
        Issue.record("\(title): group \(group) is \(pair.0), expected \(pair.1)")
        return
      }
    case (.failure, .failure): return
    case (.failure(let error), .success), (.success, .failure(let error)):
      Issue.record("\(title): an error in one of the two: \(error)")
    }
  }
}

/// An aggregate over random rows in a few groups.
struct AggregateRun {
  enum Encoding: CaseIterable { case asIs, coded, bytes }

  static let groupCount = 5
  let name: String
  let arguments: RandomArguments
  let groups: [UInt32]
  let kernel: AggregateKernel

  init(_ name: String, rows: Int, _ random: inout SeededGenerator) throws {
    self.name = name
    arguments = RandomArguments(
      for: FunctionRegistry.builtIn[name]!.signature, rows: rows, nullEvery: random.pick([2, 10, 1_000_000]), &random)
    // The last group stays empty.
    groups = (0..<rows).map { _ in UInt32(random.below(Self.groupCount - 1)) }
    kernel = try Self.kernel(name, types: arguments.types, constants: arguments.constants)
  }

  var title: String { "\(name)(\(arguments.types.map(\.rawValue).joined(separator: ", "))), \(groups.count) rows" }

  static func kernel(_ name: String, types: [DataType], constants: [Scalar?]) throws -> AggregateKernel {
    guard case .aggregate(let function)? = FunctionRegistry.builtIn[name] else { throw OracleError(reason: name) }
    return try function.bind(zip(types, constants).map { Argument(type: $0, constant: $1) })
  }

  /// All rows in one go, in two batches.
  func whole(_ encoding: Encoding) throws -> [Scalar] {
    let accumulator = try kernel.makeAccumulator(Worker(index: 0))
    try accumulator.resize(to: Self.groupCount)
    for range in [0..<groups.count / 3, groups.count / 3..<groups.count] {
      try update(accumulator, range, groups: Array(groups[range]), encoding)
    }
    return try results(accumulator)
  }

  /// Each part with group numbers of its own, as a worker finds them, merged in row order.
  func inParts(_ random: inout SeededGenerator) throws -> [Scalar] {
    let total = try kernel.makeAccumulator(Worker(index: 0))
    try total.resize(to: Self.groupCount)
    let cuts = (0..<3).map { _ in random.below(groups.count + 1) }.sorted()
    for (start, end) in zip([0] + cuts, cuts + [groups.count]) {
      var numbers: [UInt32] = []
      let local = groups[start..<end].map { group -> UInt32 in
        if let known = numbers.firstIndex(of: group) { return UInt32(known) }
        numbers.append(group)
        return UInt32(numbers.count - 1)
      }
      let part = try kernel.makeAccumulator(Worker(index: 1))
      try part.resize(to: numbers.count)
      try update(part, start..<end, groups: local, random.pick(Encoding.allCases))
      try total.merge(part, groups: Vector(numbers))
    }
    return try results(total)
  }

  func naive() throws -> [Scalar] {
    try (0..<Self.groupCount).map { group in
      let rows = zip(arguments.rows, groups).filter { $1 == UInt32(group) }.map(\.0)
      return try NaiveAggregates.value(name, rows.filter { !$0.contains(.null) })
    }
  }

  private func update(
    _ accumulator: any Accumulator, _ range: Range<Int>, groups: [UInt32], _ encoding: Encoding
  ) throws {
    let values = arguments.types.indices.map { index in
      if let constant = arguments.constants[index] {
        return Values(repeating: constant, type: arguments.types[index], count: range.count)
      }
      return encode(arguments.rows[range].map { $0[index] }, type: arguments.types[index], encoding)
    }
    let worker = Worker(index: 0)
    try accumulator.update(
      values, groups: Vector(groups), rows: Evaluation(worker: worker, count: range.count, firstRow: range.lowerBound))
  }

  private func encode(_ scalars: [Scalar], type: DataType, _ encoding: Encoding) -> Values {
    let values = Values(scalars, type: type)
    guard encoding == .coded, type == .string else { return values }
    let column = Column(encoding: values)
    return column.chunks.isEmpty ? values : column.values(chunk: 0, range: 0..<scalars.count)
  }

  private func results(_ accumulator: any Accumulator) throws -> [Scalar] {
    let values = try accumulator.finalize(count: Self.groupCount)
    #expect(values.type == kernel.type, "\(title) gives \(values.type), announced \(kernel.type)")
    return (0..<Self.groupCount).map { values[$0] }
  }
}
