import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `:tfidf{ by = "speaker" }`: the words that mark each document, a document being all rows of a group, or one row.
///
/// Gives the keys (or `row`, counted from 1), then `term`, `n`, `tf`, `df` and `tfidf`; documents in order, within each the
/// highest first.
public struct TfidfStep: TableStep {
  public enum Measure: String, Sendable, CaseIterable {
    /// `tf = n / all words of the document`, `idf = log10(documents / df)`: quanteda's `dfm_tfidf(scheme_tf = "prop")`.
    case quanteda
    /// `tf = n`, `idf = ln((1 + documents) / (1 + df)) + 1`, each document's values of Euclidean length 1: scikit-learn's
    /// `TfidfVectorizer` as it is by default.
    case scikitLearn = "scikit-learn"
  }

  public let name = "tfidf"
  public var column: TextColumn
  /// Nil: each row is a document.
  public var by: OptionExpressions?
  public var measure: Measure
  /// How many words of each document are wanted; nil is all.
  public var top: Int?
  public var stop: StopWords
  public var stem: Stemming

  public init(
    column: TextColumn = TextColumn(), by: OptionExpressions? = nil, measure: Measure = .quanteda, top: Int? = nil,
    stop: StopWords = .none, stem: Stemming = .ofColumn
  ) {
    self.column = column
    self.by = by
    self.measure = measure
    self.top = top
    self.stop = stop
    self.stem = stem
  }

  public var expressions: [Expression] { by?.expressions ?? [] }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    return BoundTfidf(
      step: self, column: index, columnName: fields[index].name, language: stem.language(of: fields[index]),
      by: try by?.bind(fields, functions: functions))
  }
}

private struct BoundTfidf: BoundTableStep {
  let step: TfidfStep
  let column: Int
  let columnName: String
  let language: Stemmer.Language?
  let by: [(name: String, expression: BoundExpression)]?

  var fields: [Table.Field]? {
    (by?.map { .init($0.name, $0.expression.type) } ?? [.init("row", .integer)]) + [
      .init("term", .string), .init("n", .integer), .init("tf", .number), .init("df", .integer),
      .init("tfidf", .number),
    ]
  }

  var explanation: [String] {
    let documents = by == nil ? "each row a document" : "a document for each \(step.by?.text ?? "")"
    return [
      "tfidf of the words of \(columnName)\(Stemming.text(language)), \(documents), as \(step.measure.rawValue)"
        + (step.top.map { ", the first \($0) of each" } ?? "")
    ]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let documents =
      try by.map { (by) throws(ReadoutError) in try RowGroups(by: by, over: input, options: options) }
      ?? RowGroups(Vector(count: input.rowCount) { UInt32($0) }, count: input.rowCount)
    let stop = step.stop.marks(in: index.vocabulary)
    let classes = try WordClasses(index, language, stop: stop, options: options)
    let counts = try WordCounts(index, classes, documents, options: options).groups
    var frequencies = MutableVector<Int64>(repeating: 0, count: index.vocabulary.count)
    for document in counts { for word in document.words { frequencies[Int(word)] &+= 1 } }
    let weights = Weights(step.measure, frequencies.freeze(), documents: documents.count, stop: stop)
    let vocabulary = index.vocabulary.words
    let ranks = WordRanks(vocabulary)
    let scored = Gathered<ScoredWords>(count: counts.count)
    try WorkerPool.run(threads: options.threads, pieces: counts.count) { _, document throws(ReadoutError) in
      scored[document] = weights.scored(counts[document], top: step.top, ranks)
    }
    return table(scored.all, weights, documents, vocabulary)
  }

  private func table(
    _ scored: [ScoredWords], _ weights: Weights, _ documents: RowGroups, _ vocabulary: StringVector
  ) -> Table {
    let words = Vector<UInt32>.concatenating(scored.map(\.words))
    var numbers = MutableVector<UInt32>(capacity: words.count)
    for (document, part) in scored.enumerated() {
      numbers.append(repeating: UInt32(document), count: part.words.count)
    }
    let group = numbers.freeze()
    let keys = by == nil ? [Values(integers: group.map { Int64($0) + 1 })] : documents.keyColumns(group).map(\.values)
    let values =
      keys + [
        Values(strings: vocabulary.gather(words)),
        Values(integers: Vector<Int64>.concatenating(scored.map(\.counts))),
        Values(numbers: Vector<Double>.concatenating(scored.map(\.tf))),
        Values(integers: weights.frequencies.gather(words)),
        Values(numbers: Vector<Double>.concatenating(scored.map(\.scores))),
      ]
    return Table(zip(fields!, values).map { (field: $0, values: $1) }, rowCount: words.count)
  }
}

/// The words of a document, the highest score first.
private struct ScoredWords: Sendable {
  let words: Vector<UInt32>
  let counts: Vector<Int64>
  let tf: Vector<Double>
  let scores: Vector<Double>
}

/// What each word weighs.
private struct Weights: Sendable {
  let measure: TfidfStep.Measure
  /// By word: how many documents have it.
  let frequencies: Vector<Int64>
  let stop: Vector<UInt8>
  private let idf: Vector<Double>

  init(_ measure: TfidfStep.Measure, _ frequencies: Vector<Int64>, documents: Int, stop: Vector<UInt8>) {
    self.measure = measure
    self.frequencies = frequencies
    self.stop = stop
    let n = Double(documents)
    idf = frequencies.map { df in
      switch measure {
      case .quanteda: df == 0 ? 0 : log10(n / Double(df))
      case .scikitLearn: log((1 + n) / (1 + Double(df))) + 1
      }
    }
  }

  func scored(_ counts: WordTally.Counts, top: Int?, _ ranks: WordRanks) -> ScoredWords {
    let kept = Vector(counts.words.indices.filter { stop[Int(counts.words[$0])] == 0 }.map { UInt32($0) })
    let words = counts.words.gather(kept)
    let n = counts.counts.gather(kept)
    let total = Double(counts.total)
    let tf = measure == .quanteda ? n.map { Double($0) / total } : n.map { Double($0) }
    var scores = tf.zip(words) { $0 * idf[Int($1)] }
    if measure == .scikitLearn {
      let length = scores.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { scores = scores.map { $0 / length } }
    }
    let places = TermRanking.places(of: scores, top: top) { ranks.key(words[$0]) }
    let order = Vector(places.map { UInt32($0) })
    return ScoredWords(
      words: words.gather(order), counts: n.gather(order).map { Int64($0) }, tf: tf.gather(order),
      scores: scores.gather(order))
  }
}
