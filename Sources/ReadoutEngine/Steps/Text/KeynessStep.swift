import ReadoutVectors

/// `:keyness{ target = "country == 'PRK'" }`: how much more, or less, often each word occurs in some rows than in others.
///
/// Gives `term`, `n_target`, `n_reference`, `statistic`, `p` and `warning`, the highest statistic first.
public struct KeynessStep: TableStep {
  public enum Measure: String, Sendable, CaseIterable {
    case logLikelihood = "log-likelihood"
    case chiSquared = "chi-squared"
    case logRatio = "log-ratio"
  }

  public let name = "keyness"
  public var column: TextColumn
  /// The rows that are looked at: those for which it is true.
  public var target: OptionText
  /// The rows that they are compared with; nil is all for which `target` is false.
  public var reference: OptionText?
  public var measure: Measure
  public var correction: ContingencyTable.Correction
  /// How many words are wanted; nil is all.
  public var top: Int?
  /// How often a word must occur in both together.
  public var minimum: Int
  public var stop: StopWords

  public init(
    column: TextColumn = TextColumn(), target: OptionText, reference: OptionText? = nil,
    measure: Measure = .logLikelihood, correction: ContingencyTable.Correction = .yates, top: Int? = nil,
    minimum: Int = 1, stop: StopWords = .none
  ) {
    self.column = column
    self.target = target
    self.reference = reference
    self.measure = measure
    self.correction = correction
    self.top = top
    self.minimum = minimum
    self.stop = stop
  }

  public var expressions: [Expression] { target.expressions + (reference?.expressions ?? []) }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    return BoundKeyness(
      step: self, column: index, columnName: fields[index].name,
      target: try target.bindCondition(fields, functions: functions),
      reference: try reference?.bindCondition(fields, functions: functions))
  }
}

private struct BoundKeyness: BoundTableStep {
  let step: KeynessStep
  let column: Int
  let columnName: String
  let target: BoundExpression
  let reference: BoundExpression?

  var fields: [Table.Field]? {
    [
      .init("term", .string), .init("n_target", .integer), .init("n_reference", .integer), .init("statistic", .number),
      .init("p", .number), .init("warning", .string),
    ]
  }

  var explanation: [String] {
    var line = "keyness of the words of \(columnName), target \(step.target.text)"
    if let reference = step.reference { line += ", reference \(reference.text)" }
    return [line + ", \(step.measure.rawValue)\(step.top.map { ", the first \($0)" } ?? "")"]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = TextIndex.of(input.columns[column], threads: options.threads)
    let counts = try WordCounts(index, try groups(input, options), options: options).groups
    let totals = counts.map { Double($0.total) }
    let words = SharedWords(counts, stop: step.stop.marks(in: index.vocabulary), minimum: step.minimum)
    let tables = words.numbers.indices.map { place in
      let (a, b) = (Double(words.target[place]), Double(words.reference[place]))
      return ContingencyTable(a: a, b: b, c: totals[0] - a, d: totals[1] - b)
    }
    let statistics = Vector(tables.map(statistic))
    let vocabulary = index.vocabulary.words
    let ranks = WordRanks(vocabulary)
    let places = TermRanking.places(of: statistics, top: step.top) { ranks.key(words.numbers[$0]) }
    let order = Vector(places.map { UInt32($0) })
    let warnings = places.map { tables[$0].smallestExpected < 5 ? "expected below 5" : nil }
    return Table(
      zip(
        fields!,
        [
          Values(strings: vocabulary.gather(words.numbers.gather(order))),
          Values(integers: Vector(places.map { words.target[$0] })),
          Values(integers: Vector(places.map { words.reference[$0] })),
          Values(numbers: statistics.gather(order)),
          Values(numbers: Vector(places.map { probability(tables[$0], statistics[$0]) })),
          Values(warnings.map { $0.map { .string($0) } ?? .null }, type: .string),
        ]
      ).map { (field: $0, values: $1) }, rowCount: places.count)
  }

  /// Target rows are group 0, reference rows group 1; the others, among them those where a condition is null, in none.
  private func groups(_ input: Table, _ options: ExecutionOptions) throws(ReadoutError) -> RowGroups {
    let isTarget = try target.truths(over: input, options: options)
    let numbers: Vector<UInt32>
    if let reference {
      numbers = isTarget.zip(try reference.truths(over: input, options: options)) {
        $0 == 1 ? 0 : $1 == 1 ? 1 : RowGroups.none
      }
    } else {
      numbers = isTarget.map { $0 == 1 ? 0 : $0 == 0 ? 1 : RowGroups.none }
    }
    for (number, what, option) in [(UInt32(0), "target", step.target.text), (1, "reference", step.reference?.text)]
    where !numbers.contains(number) {
      throw ReadoutError(
        .request, "keyness: no row is in the \(what)", value: option,
        hint: "both sides need rows: the reference are those for which target is false")
    }
    return RowGroups(numbers, count: 2)
  }

  private func statistic(_ table: ContingencyTable) -> Double {
    switch step.measure {
    case .logLikelihood: table.logLikelihood(step.correction)
    case .chiSquared: table.chiSquared(step.correction)
    case .logRatio: table.logRatio
    }
  }

  /// The p-value; of a log ratio, which has none of its own, that of the log-likelihood (Hardie 2014).
  private func probability(_ table: ContingencyTable, _ statistic: Double) -> Double {
    let statistic = step.measure == .logRatio ? table.logLikelihood(step.correction) : statistic
    return ChiSquaredDistribution.probability(above: abs(statistic), degrees: 1)
  }

  /// The words of both groups with their counts there.
  private struct SharedWords {
    private(set) var numbers: Vector<UInt32>
    private(set) var target: [Int64] = []
    private(set) var reference: [Int64] = []

    init(_ counts: [WordTally.Counts], stop: Vector<UInt8>, minimum: Int) {
      var numbers = MutableVector<UInt32>()
      let (a, b) = (counts[0], counts[1])
      var (i, j) = (0, 0)
      while i < a.words.count || j < b.words.count {
        let word = min(i < a.words.count ? a.words[i] : .max, j < b.words.count ? b.words[j] : .max)
        let inTarget = i < a.words.count && a.words[i] == word
        let inReference = j < b.words.count && b.words[j] == word
        let (n, m) = (inTarget ? Int64(a.counts[i]) : 0, inReference ? Int64(b.counts[j]) : 0)
        i += inTarget ? 1 : 0
        j += inReference ? 1 : 0
        if stop[Int(word)] != 0 || n + m < minimum { continue }
        numbers.append(word)
        target.append(n)
        reference.append(m)
      }
      self.numbers = numbers.freeze()
    }
  }
}
