import ReadoutEngine

/// A table of every type with nulls, ties and extremes, and the same rows as scalars.
struct RandomTable {
  let table: Table
  let naive: NaiveTable

  /// How the engine is made to hold it; none of this may change an answer.
  struct Shape {
    /// Rows of the chunks; together the rows of the table.
    var chunks: [Int]
    /// Whether string columns keep bytes where a dictionary would pay.
    var bytes: Bool
  }

  /// A column's name says what is in it.
  static let fields: [Table.Field] = [
    .init("small", .integer), .init("wide", .integer), .init("quarters", .number), .init("wild", .number),
    .init("flag", .boolean), .init("day", .date), .init("moment", .timestamp), .init("code", .string),
    .init("name", .string), .init("speech", .text), .init("topics", .list),
  ]

  init(rows count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let nullEvery = random.pick([2, 10, 1_000_000])
    let rows = (0..<count).map { _ in
      RandomTable.fields.map { field in
        random.chance(nullEvery) ? .null : RandomTable.value(of: field.name, &random)
      }
    }
    naive = NaiveTable(names: RandomTable.fields.map(\.name), rows: rows)
    table = RandomTable.encode(rows, fields: RandomTable.fields, shape: .random(rows: count, &random))
  }

  static func value(of column: String, _ random: inout SeededGenerator) -> Scalar {
    switch column {
    case "small": .integer(Int64.random(in: -3...6, using: &random))
    case "wide":
      random.chance(4)
        ? .integer(random.pick([.min, .min + 1, -1, 0, 1, .max - 1, .max, 1 << 53 + 1]))
        : .integer(Int64.random(in: -5_000_000_000...5_000_000_000, using: &random))
    // Sums of quarters are exact in whatever order they are taken.
    case "quarters": .number(Double(Int.random(in: -400...400, using: &random)) / 4)
    case "wild":
      .number(
        random.pick([
          0, -0.0, 1.5, -1.5, 1e300, -1e300, 0x1p-1074, .infinity, -.infinity, 0x1p53, 0x1p63, 0.1,
        ]))
    case "flag": .boolean(random.chance(2))
    case "day": .date(random.chance(5) ? random.pick([-719_162, 0, 2_932_889]) : 20_000 + Int64(random.below(400)))
    case "moment": .timestamp(1_750_000_000_000_000 + Int64(random.below(40)) * 3_600_000_123)
    case "code": .string(random.pick(["KOR", "USA", "PRK", "", "040", "\u{C5}ngström", "A\u{30A}ngström", "한국", "😀"]))
    case "name": .string("name \(random.below(100_000))")
    case "speech": .string((0..<random.below(9)).map { _ in random.pick(words) }.joined(separator: " "))
    default: .list((0..<random.below(4)).map { _ in random.pick(["OPCON", "nuclear", "", "OPCON;nuclear"]) })
    }
  }

  private static let words = ["the", "OPCON", "transfer", "may", "wait,", "Seoul", "said.", "전작권", "naïve", "'s"]

  static func encode(_ rows: [[Scalar]], fields: [Table.Field], shape: Shape) -> Table {
    let columns = fields.indices.map { index in
      encode(rows.map { $0[index] }, type: fields[index].type, shape: shape)
    }
    return Table(fields: fields, columns: columns, rowCount: rows.count)
  }

  private static func encode(_ scalars: [Scalar], type: DataType, shape: Shape) -> Column {
    var values = Values(scalars, type: type)
    var dictionary: StringDictionary?
    if type == .list { dictionary = values.lists.dictionary }
    if type == .string, !shape.bytes {
      // Coded where that pays, as the engine decides it, but in chunks of this shape.
      let column = Column(encoding: values)
      dictionary = column.dictionary
      values = Table(fields: [.init("", type)], columns: [column], rowCount: values.count).whole(0)
    }
    var start = 0
    var chunks: [ColumnChunk] = []
    for count in shape.chunks {
      let rows = values[start..<start + count]
      chunks.append(ColumnChunk(encoding: rows, dictionary: type == .list ? nil : dictionary))
      start += count
    }
    return Column(type: type, chunks: chunks, dictionary: dictionary)
  }
}

extension RandomTable.Shape {
  static func random(rows: Int, _ random: inout SeededGenerator) -> Self {
    var chunks: [Int] = []
    var left = rows
    while left > 0 {
      let count = min(left, random.pick([Table.chunkRows, Table.chunkRows, 1 + random.below(100)]))
      chunks.append(count)
      left -= count
    }
    return RandomTable.Shape(chunks: chunks, bytes: random.chance(3))
  }
}
