import ReadoutVectors

/// `:similar{ threshold = 0.8 }`: near-duplicate texts, as news repeats itself.
///
/// Keeps all rows and adds `cluster`: rows whose texts are similar, or joined by a chain of similar ones, have one number, counted
/// from 1 in the order of their first rows; null for a row without words. So `:by "cluster"` and `first(text)` leave one of each.
/// With `pairs` it gives the pairs themselves instead: `row` and `other`, counted from 1 (or the values of a column `id`, as `id`
/// and `other_id`), and `similarity`.
public struct SimilarStep: TableStep {
  public let name = "similar"
  public var carriesColumns: Bool { !givesPairs }
  public var column: TextColumn
  /// The least Jaccard similarity of the shingles, above 0, at most 1.
  public var threshold: Double
  /// Words of a shingle.
  public var words: Int
  public var givesPairs: Bool
  /// The column that names the rows of pairs; nil is their numbers.
  public var id: String?

  public init(
    column: TextColumn = TextColumn(), threshold: Double = 0.8, words: Int = 3, givesPairs: Bool = false,
    id: String? = nil
  ) {
    self.column = column
    self.threshold = threshold
    self.words = words
    self.givesPairs = givesPairs
    self.id = id
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    var idColumn: Int?
    if let id {
      idColumn = fields.firstIndex { $0.name == id }
      if idColumn == nil {
        throw ReadoutError(
          .request, "unknown column", value: id, place: .init(detail: "id"),
          hint: Suggestion.hint(for: id, among: fields.map(\.name), kind: "the columns are"))
      }
    }
    if !givesPairs { try BoundSimilar.refuseClashes(["cluster"], with: fields, step: name) }
    return BoundSimilar(step: self, column: index, idColumn: idColumn, inputFields: fields)
  }
}

private struct BoundSimilar: BoundTableStep {
  let step: SimilarStep
  let column: Int
  let idColumn: Int?
  let inputFields: [Table.Field]

  var fields: [Table.Field]? {
    guard step.givesPairs else { return inputFields + [.init("cluster", .integer)] }
    let names: [Table.Field] =
      idColumn.map { [inputFields[$0], .init("other_\(inputFields[$0].name)", inputFields[$0].type)] } ?? [
        .init("row", .integer), .init("other", .integer),
      ]
    return names + [.init("similarity", .number)]
  }

  var explanation: [String] {
    let width = SimilarTexts.bandWidth(step.threshold)
    return [
      "similar \(step.givesPairs ? "pairs" : "clusters") of \(inputFields[column].name), at least \(step.threshold) of"
        + " \(step.words)-word shingles in common"
        + " [MinHash of \(SimilarTexts.signatureLength), bands of \(width), verified]"
    ]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let similar = try SimilarTexts(
      Shingles(length: step.words, of: index), threshold: step.threshold, options: options)
    return step.givesPairs
      ? try pairs(similar, input, options) : try clustered(similar, input, options)
  }

  private func clustered(
    _ similar: SimilarTexts, _ input: Table, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    let roots = try similar.clusters(options: options)
    var numbers: [Int64] = []
    var count: Int64 = 0
    // A root is the first text of its cluster, so it has its number before the others ask for it.
    for (text, root) in roots.enumerated() {
      if root == text { count += 1 }
      numbers.append(root == text ? count : numbers[root])
    }
    let present = Bitmap(count: input.rowCount) { similar.texts[$0] != SimilarTexts.none }
    let clusters = similar.texts.map { $0 == SimilarTexts.none ? 0 : numbers[Int($0)] }
    let column = Column(
      encoding: Values(integers: clusters, validity: present.allSet ? nil : present), chunkCounts: input.chunkCounts)
    return Table(fields: fields!, columns: input.columns + [column], rowCount: input.rowCount)
  }

  private func pairs(
    _ similar: SimilarTexts, _ input: Table, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    let (rows, starts) = RowGroups(similar.texts, count: similar.firstRows.count).ordered
    func rowsOf(_ text: UInt32) -> Vector<UInt32> { rows[Int(starts[Int(text)])..<Int(starts[Int(text) + 1])] }
    var found: [(first: UInt32, second: UInt32, similarity: Double)] = []
    for text in similar.firstRows.indices {
      let same = rowsOf(UInt32(text))
      for later in same.indices.dropFirst() {
        for earlier in 0..<later { found.append((same[earlier], same[later], 1)) }
      }
    }
    for pair in try similar.pairs(options: options) {
      try options.control.checkpoint()
      for a in rowsOf(pair.first) {
        for b in rowsOf(pair.second) { found.append((min(a, b), max(a, b), pair.similarity)) }
      }
    }
    found.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    let (firsts, seconds) = (Vector(found.map(\.first)), Vector(found.map(\.second)))
    let ids = try idColumn.map { (column) throws(ReadoutError) in try input.values(column) }
    let names = [firsts, seconds].map { rows in ids?.gather(rows) ?? Values(integers: rows.map { Int64($0) + 1 }) }
    return Table(
      zip(fields!, names + [Values(numbers: Vector(found.map(\.similarity)))]).map { (field: $0, values: $1) },
      rowCount: found.count)
  }
}
