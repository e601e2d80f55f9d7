import ReadoutVectors

/// The rows that a study measures, put in order of key and time, with the values of the aggregates' arguments.
///
/// A place is a row's number in that order. Values of measures are doubles; NaN stands for null, and for what is not finite.
struct MeasuredRows: Sendable {
  let measure: BoundMeasure
  /// The row of the table at each place.
  let rows: Vector<UInt32>
  /// By aggregate and argument, a value for each place.
  private let arguments: [[Values]]
  /// By aggregate how it follows from sums, where all do.
  let additive: [AdditiveForm]?
  /// The terms of these sums, one behind the other for all aggregates, a number for each place.
  let terms: [Vector<Double>]
  /// Where the terms of each aggregate begin.
  private let firstTerms: [Int]

  init(
    _ measure: BoundMeasure, of input: Table, rows: Vector<UInt32>, _ options: ExecutionOptions
  ) throws(ReadoutError) {
    self.measure = measure
    self.rows = rows
    let flat = measure.aggregates.flatMap(\.arguments)
    var values = try input.evaluating(flat, options).map { $0.gather(rows) }[...]
    var arguments: [[Values]] = []
    for aggregate in measure.aggregates {
      arguments.append(Array(values.prefix(aggregate.arguments.count)))
      values = values.dropFirst(aggregate.arguments.count)
    }
    self.arguments = arguments
    var terms: [Vector<Double>] = []
    var firstTerms: [Int] = []
    var additive = measure.additive
    for (form, values) in zip(additive ?? [], arguments) {
      guard let own = form.terms(values, rows.count) else {
        additive = nil
        break
      }
      firstTerms.append(terms.count)
      terms += own
    }
    self.additive = additive
    self.terms = additive == nil ? [] : terms
    self.firstTerms = firstTerms + [terms.count]
  }

  /// Values of the measures from sums of the terms, one for each place of the sums.
  func values(ofSums sums: [Vector<Double>], count: Int) throws(ReadoutError) -> [Vector<Double>] {
    let forms = additive ?? []
    let aggregates = forms.indices.map { index in
      forms[index].result(Array(sums[firstTerms[index]..<firstTerms[index + 1]]))
    }
    return try values(of: aggregates, count: count)
  }

  /// The measures from the results of the aggregates.
  fileprivate func values(of aggregates: [Values], count: Int) throws(ReadoutError) -> [Vector<Double>] {
    var values: [Vector<Double>] = []
    var made: Table?
    for result in measure.results {
      if case .column(let index) = result.expression.node {
        values.append(aggregates[index].finiteNumbers)
        continue
      }
      let table =
        made
        ?? Table(
          fields: aggregates.map { Table.Field("", $0.type) }, columns: aggregates.map { Column(encoding: $0) },
          rowCount: count)
      made = table
      let numbers = try table.evaluating([result.expression], ExecutionOptions(threads: 1))
      values.append(numbers[0].finiteNumbers)
    }
    return values
  }
}

extension MeasuredRows {
  /// Takes rows into groups and gives the measures of each: one accumulator an aggregate, all groups together.
  ///
  /// Used by one thread. The rows of a group are taken in the order in which they are added.
  struct Groups: ~Copyable {
    private let measured: MeasuredRows
    private let worker: Worker
    private let count: Int
    private let accumulators: [any Accumulator]
    private var places: MutableVector<UInt32>
    private var groups: MutableVector<UInt32>

    init(_ measured: MeasuredRows, count: Int, worker: Worker) throws(ReadoutError) {
      self.measured = measured
      self.worker = worker
      self.count = count
      var accumulators: [any Accumulator] = []
      for aggregate in measured.measure.aggregates {
        let accumulator = try aggregate.kernel.makeAccumulator(worker)
        try accumulator.resize(to: count)
        accumulators.append(accumulator)
      }
      self.accumulators = accumulators
      places = MutableVector(capacity: Batch.rows)
      groups = MutableVector(capacity: Batch.rows)
    }

    /// Adds the rows at some places to a group.
    mutating func add(_ range: Range<Int>, to group: Int) throws(ReadoutError) {
      for place in range {
        places.append(UInt32(truncatingIfNeeded: place))
        groups.append(UInt32(truncatingIfNeeded: group))
        if places.count == Batch.rows { try flush() }
      }
    }

    private mutating func flush() throws(ReadoutError) {
      let (places, groups) = (self.places.take(), self.groups.take())
      if places.isEmpty { return }
      let rows = Evaluation(
        worker: worker, count: places.count, firstRow: 0, selection: measured.rows.gather(places))
      for (accumulator, arguments) in zip(accumulators, measured.arguments) {
        try accumulator.update(arguments.map { $0.gather(places) }, groups: groups, rows: rows)
      }
      self.places.reserve(Batch.rows)
      self.groups.reserve(Batch.rows)
    }

    /// The values of the measures by group. Called once, last.
    mutating func values() throws(ReadoutError) -> [Vector<Double>] {
      try flush()
      var results: [Values] = []
      for accumulator in accumulators {
        do throws(ReadoutError) { results.append(try accumulator.finalize(count: count)) } catch {
          var error = error
          error.group = nil
          throw error
        }
      }
      return try measured.values(of: results, count: count)
    }
  }
}

extension Values {
  /// The numbers, NaN for null and for what is not finite.
  fileprivate var finiteNumbers: Vector<Double> {
    if case .null = payload { return Vector(repeating: .nan, count: count) }
    let finite = numbers.map { $0.isFinite ? $0 : .nan }
    return nullCount == 0 ? finite : finite.zip(presentRows.bytes()) { $1 == 0 ? .nan : $0 }
  }
}
