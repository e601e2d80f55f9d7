import ReadoutVectors

/// `:kwic(term, { width = 5 })`: a concordance, keyword in context.
///
/// One row a mention: `left`, `keyword` and `right`, the bytes as they stand in the text, then the row's other columns.
public struct KwicStep: TableStep {
  public let name = "kwic"
  public var carriesColumns: Bool { true }
  public var terms: [String]
  public var column: TextColumn
  /// Words on either side.
  public var width: Int
  /// Whether the whole text is a column too.
  public var keepsText: Bool

  public init(terms: [String], column: TextColumn = TextColumn(), width: Int = 5, keepsText: Bool = false) {
    self.terms = terms
    self.column = column
    self.width = width
    self.keepsText = keepsText
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    let kept = fields.indices.filter { keepsText || $0 != index }
    try BoundKwic.refuseClashes(BoundKwic.added, with: kept.map { fields[$0] }, step: name)
    return BoundKwic(
      step: self, terms: try Terms(terms, stem: fields[index].stem), column: index, columnName: fields[index].name,
      kept: kept,
      keptFields: kept.map { fields[$0] })
  }
}

private struct BoundKwic: BoundTableStep {
  static let added = ["left", "keyword", "right"]

  let step: KwicStep
  let terms: Terms
  let column: Int
  let columnName: String
  let kept: [Int]
  let keptFields: [Table.Field]

  var fields: [Table.Field]? { Self.added.map { .init($0, .text) } + keptFields }

  var explanation: [String] {
    ["kwic of \(step.terms.joined(separator: ", ")) in \(columnName), \(step.width) words on either side"]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let mentions = try TermMentions(of: terms, in: index, options: options).blocks
    let contexts = Gathered<[Values]>(count: mentions.count)
    try WorkerPool.run(threads: options.threads, pieces: mentions.count) { _, block throws(ReadoutError) in
      try options.control.checkpoint()
      contexts[block] = Context.parts(of: mentions[block], in: index.blocks[block].texts, width: step.width)
    }
    let parts = contexts.all
    var values = try (0..<3).map { (part) throws(ReadoutError) in
      try Values.concatenating(parts.map { $0[part] }, type: .text)
    }
    for column in kept { values.append(try input.columns[column].values(ofRows: mentions.map(\.rows), in: index)) }
    return Table(
      zip(fields!, values).map { (field: $0, values: $1) }, rowCount: mentions.reduce(0) { $0 + $1.rows.count })
  }
}

/// What stands around mentions.
private enum Context {
  /// Left, keyword and right of each mention, views into the texts: words of context, what stands between them, and, where the
  /// text begins or ends there, what stands before its first or behind its last word.
  static func parts(of mentions: TermMentions.Block, in texts: StringVector, width: Int) -> [Values] {
    let count = mentions.rows.count
    var left = Views(capacity: count)
    var keyword = Views(capacity: count)
    var right = Views(capacity: count)
    var words: [Range<Int>] = []
    var cutRow: UInt32?
    for i in 0..<count {
      let row = Int(mentions.rows[i])
      let (start, end) = (Int(mentions.starts[i]), Int(mentions.ends[i]))
      texts.withBytes(row) { bytes in
        if cutRow != mentions.rows[i] { words = Words.ranges(in: bytes) }
        let first = words.firstPlace { $0.lowerBound >= start }
        let next = words.firstPlace { $0.lowerBound >= end }
        let from = width == 0 ? start : first <= width ? 0 : words[first - width].lowerBound
        let to =
          width == 0 ? end : next + width >= words.count ? bytes.count : words[next + width - 1].upperBound
        let offset = Int(texts.starts[row])
        left.append(trimmed(bytes, min(from, start)..<start), offset)
        keyword.append(start..<end, offset)
        right.append(trimmed(bytes, end..<max(to, end)), offset)
      }
      cutRow = mentions.rows[i]
    }
    return [left.freeze(texts.bytes), keyword.freeze(texts.bytes), right.freeze(texts.bytes)]
  }

  /// Without blanks and line ends on either side.
  private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// Strings that are parts of others.
  private struct Views: ~Copyable {
    private var starts: MutableVector<UInt32>
    private var ends: MutableVector<UInt32>

    init(capacity: Int) {
      starts = MutableVector(capacity: capacity)
      ends = MutableVector(capacity: capacity)
    }

    mutating func append(_ range: Range<Int>, _ offset: Int) {
      starts.append(UInt32(truncatingIfNeeded: range.lowerBound + offset))
      ends.append(UInt32(truncatingIfNeeded: range.upperBound + offset))
    }

    consuming func freeze(_ bytes: Vector<UInt8>) -> Values {
      Values(strings: StringVector(starts: starts.freeze(), ends: ends.freeze(), bytes: bytes), type: .text)
    }
  }
}

extension Array {
  /// The first place whose element meets a condition that all elements behind it meet too; `count` where none does.
  fileprivate func firstPlace(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
