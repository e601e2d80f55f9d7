import ReadoutVectors

/// `:frequencies{ by = "country", top = 20 }`: the commonest words or phrases of each group of rows.
///
/// Gives the keys, then `term`, `n` (how often), `rows` (in how many rows) and `rank` (equal counts share the lower one); groups
/// in order, within each the commonest first, equally common ones in code point order.
public struct FrequenciesStep: TableStep {
  public let name = "frequencies"
  public var column: TextColumn
  public var by: OptionExpressions?
  /// Words of a phrase, 1 to 3.
  public var words: Int
  /// How many of each group are wanted; nil is all.
  public var top: Int?
  /// How often a term must occur in its group.
  public var minimum: Int
  /// Words left out; a phrase neither begins nor ends with one.
  public var stop: StopWords
  public var stem: Stemming

  public init(
    column: TextColumn = TextColumn(), by: OptionExpressions? = nil, words: Int = 1, top: Int? = 20, minimum: Int = 1,
    stop: StopWords = .none, stem: Stemming = .ofColumn
  ) {
    self.column = column
    self.by = by
    self.words = words
    self.top = top
    self.minimum = minimum
    self.stop = stop
    self.stem = stem
  }

  public var expressions: [Expression] { by?.expressions ?? [] }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    return BoundFrequencies(
      step: self, column: index, columnName: fields[index].name, language: stem.language(of: fields[index]),
      by: try by?.bind(fields, functions: functions) ?? [])
  }
}

private struct BoundFrequencies: BoundTableStep {
  let step: FrequenciesStep
  let column: Int
  let columnName: String
  let language: Stemmer.Language?
  let by: [(name: String, expression: BoundExpression)]

  var fields: [Table.Field]? {
    by.map { .init($0.name, $0.expression.type) } + [
      .init("term", .string), .init("n", .integer), .init("rows", .integer), .init("rank", .integer),
    ]
  }

  var explanation: [String] {
    var line = "frequencies of the \(step.words == 1 ? "words" : "\(step.words)-word phrases") of \(columnName)"
    line += Stemming.text(language)
    if let by = step.by { line += " by \(by.text)" }
    if !step.stop.words.isEmpty { line += ", stop words \(step.stop.name)" }
    return [line + (step.top.map { ", the first \($0)" } ?? "")]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let groups = try RowGroups(by: by, over: input, options: options)
    let stop = step.stop.marks(in: index.vocabulary)
    let classes = try WordClasses(index, language, stop: stop, options: options)
    let candidates =
      step.words == 1
      ? try words(index, classes, groups, stop, options) : try phrases(index, classes, groups, stop, options)
    let vocabulary = index.vocabulary.words
    let ranks = WordRanks(vocabulary)
    let ranked = Gathered<RankedTerms>(count: candidates.count)
    try WorkerPool.run(threads: options.threads, pieces: candidates.count) { _, group throws(ReadoutError) in
      ranked[group] = try candidates[group].ranked(top: step.top, ranks, vocabulary)
    }
    return try table(ranked.all, groups)
  }

  private func words(
    _ index: TextIndex, _ classes: WordClasses, _ groups: RowGroups, _ stop: Vector<UInt8>, _ options: ExecutionOptions
  ) throws(ReadoutError) -> [TermCandidates] {
    try WordCounts(index, classes, groups, options: options).groups.map { counts in
      let kept = Vector(
        counts.words.indices.filter { stop[Int(counts.words[$0])] == 0 && Int(counts.counts[$0]) >= step.minimum }
          .map { UInt32($0) })
      return TermCandidates(
        words: counts.words.gather(kept), length: 1, counts: counts.counts.gather(kept), rows: counts.rows.gather(kept))
    }
  }

  private func phrases(
    _ index: TextIndex, _ classes: WordClasses, _ groups: RowGroups, _ stop: Vector<UInt8>, _ options: ExecutionOptions
  ) throws(ReadoutError) -> [TermCandidates] {
    let counts = try PhraseCounts(
      try PhraseTokens(index, classes, options: options), length: step.words, groups, stop: stop, minimum: step.minimum,
      options: options)
    return TermCandidates.grouping(counts.parts, length: step.words, groupCount: groups.count)
  }

  private func table(_ ranked: [RankedTerms], _ groups: RowGroups) throws(ReadoutError) -> Table {
    var numbers = MutableVector<UInt32>()
    for (group, part) in ranked.enumerated() { numbers.append(repeating: UInt32(group), count: part.counts.count) }
    let rows = numbers.freeze()
    let values =
      groups.keyColumns(rows).map(\.values) + [
        try Values.concatenating(ranked.map { Values(strings: $0.terms) }, type: .string),
        Values(integers: Vector<Int64>.concatenating(ranked.map(\.counts))),
        Values(integers: Vector<Int64>.concatenating(ranked.map(\.rows))),
        Values(integers: Vector<Int64>.concatenating(ranked.map(\.ranks))),
      ]
    return Table(zip(fields!, values).map { (field: $0, values: $1) }, rowCount: rows.count)
  }
}

/// The terms of a group, in no order.
private struct TermCandidates: Sendable {
  /// The words of term `t` are `words[t * length..<(t + 1) * length]`.
  let words: Vector<UInt32>
  let length: Int
  let counts: Vector<UInt32>
  let rows: Vector<UInt32>

  /// The phrases of all parts by group.
  static func grouping(_ parts: [PhraseCounts.Part], length: Int, groupCount: Int) -> [TermCandidates] {
    let phrases = PhraseCounts.Part(joining: parts, length: length)
    return phrases.places(groupCount: groupCount).map { places in
      let words = Vector<UInt32>(count: places.count * length) {
        phrases.words[Int(places[$0 / length]) * length + $0 % length]
      }
      return TermCandidates(
        words: words, length: length, counts: phrases.counts.gather(places), rows: phrases.rows.gather(places))
    }
  }

  func ranked(top: Int?, _ ranks: WordRanks, _ vocabulary: StringVector) throws(ReadoutError) -> RankedTerms {
    func text(_ term: Int) -> [UInt8] {
      var text: [UInt8] = []
      for place in term * length..<(term + 1) * length {
        if !text.isEmpty { text.append(0x20) }
        text += vocabulary.vector(Int(words[place]))
      }
      return text
    }
    let places = TermRanking.places(of: counts.map { Double($0) }, top: top) {
      ranks.key(words, $0 * length..<($0 + 1) * length)
    }
    var terms = StringVectorBuilder()
    for place in places { try terms.add(text(place).span) }
    let order = Vector(places.map { UInt32($0) })
    let n = counts.gather(order)
    return RankedTerms(
      terms: terms.freeze(), counts: n.map { Int64($0) }, rows: rows.gather(order).map { Int64($0) },
      ranks: Vector(TermRanking.ranks(n.map { Double($0) } as [Double])))
  }
}

private struct RankedTerms: Sendable {
  let terms: StringVector
  let counts: Vector<Int64>
  let rows: Vector<Int64>
  let ranks: Vector<Int64>
}
