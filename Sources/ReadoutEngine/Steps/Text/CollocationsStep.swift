import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `:collocations{ words = 2, minimum = 5 }`: phrases whose words stand together more often than each by itself explains.
///
/// Gives the keys, then `term`, `n` and `statistic`; groups in order, within each the highest statistic first.
public struct CollocationsStep: TableStep {
  public enum Measure: String, Sendable, CaseIterable {
    /// G² (Dunning 1993) against words that come independently, signed: negative where they avoid each other.
    case logLikelihood = "log-likelihood"
    /// Pointwise mutual information, K. W. Church and P. Hanks (1990): log2(P(phrase) / Π P(word in its place)).
    case pmi
    /// The z of the highest log-linear interaction, each cell plus a half: quanteda's `textstat_collocations`.
    case z
  }

  public let name = "collocations"
  public var column: TextColumn
  public var by: OptionExpressions?
  /// Words of a phrase, 2 or 3.
  public var words: Int
  public var measure: Measure
  /// How often a phrase must occur in its group.
  public var minimum: Int
  /// How many of each group are wanted; nil is all.
  public var top: Int?
  /// Words that no phrase may begin or end with; they count as words all the same.
  public var stop: StopWords
  public var stem: Stemming

  public init(
    column: TextColumn = TextColumn(), by: OptionExpressions? = nil, words: Int = 2, measure: Measure = .logLikelihood,
    minimum: Int = 5, top: Int? = nil, stop: StopWords = .none, stem: Stemming = .ofColumn
  ) {
    self.column = column
    self.by = by
    self.words = words
    self.measure = measure
    self.minimum = minimum
    self.top = top
    self.stop = stop
    self.stem = stem
  }

  public var expressions: [Expression] { by?.expressions ?? [] }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    return BoundCollocations(
      step: self, column: index, columnName: fields[index].name, language: stem.language(of: fields[index]),
      by: try by?.bind(fields, functions: functions) ?? [])
  }
}

private struct BoundCollocations: BoundTableStep {
  let step: CollocationsStep
  let column: Int
  let columnName: String
  let language: Stemmer.Language?
  let by: [(name: String, expression: BoundExpression)]

  var fields: [Table.Field]? {
    by.map { .init($0.name, $0.expression.type) } + [
      .init("term", .string), .init("n", .integer), .init("statistic", .number),
    ]
  }

  var explanation: [String] {
    var line =
      "collocations of \(step.words) words of \(columnName)\(Stemming.text(language)), \(step.measure.rawValue)"
    if let by = step.by { line += " by \(by.text)" }
    return [line + ", at least \(step.minimum) times" + (step.top.map { ", the first \($0)" } ?? "")]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let groups = try RowGroups(by: by, over: input, options: options)
    let stop = step.stop.marks(in: index.vocabulary)
    let tokens = try PhraseTokens(
      index, WordClasses(index, language, stop: stop, options: options), options: options)
    let phrases = PhraseCounts.Part(
      joining: try PhraseCounts(
        tokens, length: step.words, groups, stop: stop, minimum: step.minimum,
        options: options
      ).parts, length: step.words)
    let margins = try PhraseMargins(of: phrases, in: tokens, groups, options: options)
    let statistics = Vector(phrases.groups.indices.map { statistic(margins.cells(of: $0, in: phrases)) })
    let vocabulary = index.vocabulary.words
    let ranks = WordRanks(vocabulary)
    let byGroup = phrases.places(groupCount: groups.count)
    let ranked = Gathered<Vector<UInt32>>(count: groups.count)
    try WorkerPool.run(threads: options.threads, pieces: groups.count) { _, group throws(ReadoutError) in
      let places = byGroup[group]
      let order = TermRanking.places(of: statistics.gather(places), top: step.top) {
        ranks.key(phrases.words, phrases.words(of: Int(places[$0])))
      }
      ranked[group] = places.gather(Vector(order.map { UInt32($0) }))
    }
    let order = Vector<UInt32>.concatenating(ranked.all)
    var terms = StringVectorBuilder()
    for phrase in order { try terms.add(phrases.text(of: Int(phrase), vocabulary).span) }
    let values =
      groups.keyColumns(phrases.groups.gather(order)).map(\.values) + [
        Values(strings: terms.freeze()), Values(integers: phrases.counts.gather(order).map { Int64($0) }),
        Values(numbers: statistics.gather(order)),
      ]
    return Table(zip(fields!, values).map { (field: $0, values: $1) }, rowCount: order.count)
  }

  private func statistic(_ cells: [Double]) -> Double {
    let expected = Self.independent(cells)
    switch step.measure {
    case .logLikelihood:
      let sum = zip(cells, expected).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * log($1.0 / $1.1) }
      return 2 * max(0, sum) * (cells.last! > expected.last! ? 1 : -1)
    case .pmi: return log2(cells.last! / expected.last!)
    case .z: return LogLinearInteraction.of(cells.map { $0 + 0.5 }).z
    }
  }

  /// The cells if the words came independently of each other, each as often in its place as it does.
  private static func independent(_ cells: [Double]) -> [Double] {
    let total = cells.reduce(0, +)
    let places = cells.count.trailingZeroBitCount
    let shares = (0..<places).map { place in
      cells.indices.reduce(0) { $1 >> place & 1 == 1 ? $0 + cells[$1] : $0 } / total
    }
    return cells.indices.map { cell in
      shares.indices.reduce(total) { $0 * (cell >> $1 & 1 == 1 ? shares[$1] : 1 - shares[$1]) }
    }
  }
}

extension PhraseCounts.Part {
  /// The phrases of all parts.
  init(joining parts: [PhraseCounts.Part], length: Int) {
    self.init(
      groups: Vector<UInt32>.concatenating(parts.map(\.groups)),
      words: Vector<UInt32>.concatenating(parts.map(\.words)),
      counts: Vector<UInt32>.concatenating(parts.map(\.counts)), rows: Vector<UInt32>.concatenating(parts.map(\.rows)),
      length: length)
  }

  /// The phrases of each group.
  func places(groupCount: Int) -> [Vector<UInt32>] {
    let (places, starts) = RowGroups(groups, count: groupCount).ordered
    return (0..<groupCount).map { places[Int(starts[$0])..<Int(starts[$0 + 1])] }
  }
}
