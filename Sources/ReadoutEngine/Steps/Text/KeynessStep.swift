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
  public var target: OptionExpressions
  /// The rows that they are compared with; nil is all for which `target` is false.
  public var reference: OptionExpressions?
  public var measure: Measure
  public var correction: ContingencyTable.Correction
  /// How many words are wanted; nil is all.
  public var top: Int?
  /// How often a word must occur in both together.
  public var minimum: Int
  public var stop: StopWords
  public var stem: Stemming

  public init(
    column: TextColumn = TextColumn(), target: OptionExpressions, reference: OptionExpressions? = nil,
    measure: Measure = .logLikelihood, correction: ContingencyTable.Correction = .yates, top: Int? = nil,
    minimum: Int = 1, stop: StopWords = .none, stem: Stemming = .ofColumn
  ) {
    self.column = column
    self.target = target
    self.reference = reference
    self.measure = measure
    self.correction = correction
    self.top = top
    self.minimum = minimum
    self.stop = stop
    self.stem = stem
  }

  public var expressions: [Expression] { target.expressions + (reference?.expressions ?? []) }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    return BoundKeyness(
      step: self, column: index, columnName: fields[index].name, language: stem.language(of: fields[index]),
      target: try target.bindCondition(fields, functions: functions),
      reference: try reference?.bindCondition(fields, functions: functions))
  }
}

private struct BoundKeyness: BoundTableStep {
  let step: KeynessStep
  let column: Int
  let columnName: String
  let language: Stemmer.Language?
  let target: BoundExpression
  let reference: BoundExpression?

  var fields: [Table.Field]? {
    [
      .init("term", .string), .init("n_target", .integer), .init("n_reference", .integer), .init("statistic", .number),
      .init("p", .number), .init("warning", .string),
    ]
  }

  var explanation: [String] {
    var line = "keyness of the words of \(columnName)\(Stemming.text(language)), target \(step.target.text)"
    if let reference = step.reference { line += ", reference \(reference.text)" }
    return [line + ", \(step.measure.rawValue)\(step.top.map { ", the first \($0)" } ?? "")"]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let stop = step.stop.marks(in: index.vocabulary)
    let classes = try WordClasses(index, language, stop: stop, options: options)
    let (target, reference) = try sides(of: index, classes, groups(input, options), options)
    let totals = (Double(target.reduce(0, &+)), Double(reference.reduce(0, &+)))
    let least = Int64(max(1, step.minimum))
    let words = Vector<UInt8>(count: target.count) { target[$0] + reference[$0] >= least && stop[$0] == 0 ? 1 : 0 }
      .selected()
    func table(_ word: UInt32) -> ContingencyTable {
      let (a, b) = (Double(target[Int(word)]), Double(reference[Int(word)]))
      return ContingencyTable(a: a, b: b, c: totals.0 - a, d: totals.1 - b)
    }
    let statistics = Vector<Double>(count: words.count) { statistic(table(words[$0])) }
    let vocabulary = index.vocabulary.words
    let ranks = WordRanks(vocabulary)
    let places = TermRanking.places(of: statistics, top: step.top) { ranks.key(words[$0]) }
    let order = Vector(places.map { UInt32($0) })
    let terms = words.gather(order)
    let ordered = statistics.gather(order)
    let isSmall = Vector<UInt8>(count: terms.count) { table(terms[$0]).smallestExpected < 5 ? 1 : 0 }
    let warning = StringVector(["expected below 5"]).gather(Vector<UInt32>(repeating: 0, count: terms.count))
    return Table(
      zip(
        fields!,
        [
          Values(strings: vocabulary.gather(terms)), Values(integers: target.gather(terms)),
          Values(integers: reference.gather(terms)), Values(numbers: ordered),
          Values(numbers: Vector<Double>(count: terms.count) { probability(table(terms[$0]), ordered[$0]) }),
          Values(strings: warning, validity: Bitmap(bytes: isSmall)),
        ]
      ).map { (field: $0, values: $1) }, rowCount: terms.count)
  }

  /// How often each word of the vocabulary occurs on either side.
  ///
  /// Only the rows of the smaller groups are gone through: the largest has what is left of the words of all rows.
  private func sides(
    of index: TextIndex, _ classes: WordClasses, _ groups: Vector<UInt8>, _ options: ExecutionOptions
  ) throws(ReadoutError) -> (target: Vector<Int64>, reference: Vector<Int64>) {
    let sizes = (0..<3).map { group in groups.count { $0 == group } }
    let largest = UInt32(sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0)
    let others = RowGroups(groups.map { UInt32($0) == largest ? RowGroups.none : UInt32($0) }, count: 3)
    let counted = try WordCounts(index, classes, others, options: options).groups
    var sides: [Vector<Int64>] = []
    var left = classes.counts
    for counts in counted {
      var side = MutableVector<Int64>(repeating: 0, count: index.vocabulary.count)
      for place in counts.words.indices { side[Int(counts.words[place])] = Int64(counts.counts[place]) }
      sides.append(side.freeze())
      left = left.zip(sides.last!) { $0 &- $1 }
    }
    sides[Int(largest)] = left
    return (sides[0], sides[1])
  }

  /// By row: 0 in the target, 1 in the reference, 2 in neither, such as where a condition is null.
  private func groups(_ input: Table, _ options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt8> {
    let isTarget = try target.truths(over: input, options: options)
    let numbers: Vector<UInt8>
    if let reference {
      numbers = isTarget.zip(try reference.truths(over: input, options: options)) { $0 == 1 ? 0 : $1 == 1 ? 1 : 2 }
    } else {
      numbers = isTarget.map { $0 == 2 ? 2 : 1 &- $0 }
    }
    for (number, what, option) in [(UInt8(0), "target", step.target.text), (1, "reference", step.reference?.text)]
    where !numbers.contains(number) {
      throw ReadoutError(
        .request, "keyness: no row is in the \(what)", value: option,
        hint: "both sides need rows: the reference are those for which target is false")
    }
    return numbers
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
}
