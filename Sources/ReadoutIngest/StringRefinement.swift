import ReadoutEngine
import ReadoutVectors

/// What becomes of a column of strings once all of it is known: a date in one format, a text, or a string with a remark.
struct StringRefinement {
  let column: Column
  let name: String
  /// Where row `row` stands in the input, for errors and notes.
  let place: (_ row: Int) -> ReadoutError.Place
  /// The kinds of the values in JSON, where the column is from there.
  var json: JSONKinds?

  /// What the column is in the end.
  func refined() throws(ReadoutError) -> Column {
    if let dated = try dated() { return dated }
    return isText ? StringValues(column).asBytes(type: .text) : column
  }

  /// The column as a date or timestamp, where every value has one and the same format.
  func dated() throws(ReadoutError) -> Column? {
    var finder = DateFormatFinder()
    StringValues(column).forEachDistinct { finder.take($0) }
    let formats = finder.fitting
    guard let first = formats.first else { return nil }
    for other in formats.dropFirst() {
      var differ = false
      StringValues(column).forEachDistinct { value in
        differ = first.moment(value) != other.moment(value)
        return !differ
      }
      if differ, let clash = firstRow(where: { first.moment($0) != other.moment($0) }) {
        let key = Expression.text(ofKey: name, quote: "\"")
        throw ReadoutError(
          .data, "a date that can be read in two ways", value: clash.value, place: place(clash.row),
          hint:
            "name its format in dataset.lua: formats = { \(key) = \"\(first.text)\" } or \"\(other.text)\"; or types = { \(key) = \"string\" }"
        )
      }
    }
    return StringValues(column).mapped(to: first.hasTime ? .timestamp : .date) { value in
      first.hasTime ? first.moment(value) : first.day(value)
    }
  }

  func firstRow(where fits: (Span<UInt8>) -> Bool) -> (row: Int, value: String)? {
    var found: (row: Int, value: String)?
    StringValues(column).forEachRow { row, value in
      if fits(value) { found = (row, String(copying: value)) }
      return found == nil
    }
    return found
  }

  /// Longest value from which a column is text whatever the others are.
  static let textBytes = 256
  /// Mean length from which a column of mostly distinct values is text.
  static let meanTextBytes = 32
  private static let proseValues = 10_000

  /// Whether the column holds prose: a value of more than 256 bytes, or 32 bytes on average with more than half of the values distinct;
  /// and a blank or a letter beyond ASCII in more than half of its first 10,000 distinct values (addresses of web pages are strings).
  var isText: Bool {
    let values = StringValues(column)
    var lengths = values.distinctLengths()
    // A small column has no dictionary where the sample found none worth trying; what it is must not hang on the sample.
    if column.dictionary == nil, column.count <= Table.chunkRows, lengths.longest <= Self.textBytes {
      lengths = values.internedLengths()
    }
    let present = column.count - column.nullCount
    guard
      lengths.longest > Self.textBytes
        || (lengths.count * 2 > present && lengths.sum >= lengths.count * Self.meanTextBytes), present > 0
    else { return false }
    var looked = 0
    var prose = 0
    values.forEachDistinct { value in
      looked += 1
      if value.indices.contains(where: { value[$0] == 0x20 || value[$0] >= 0x80 }) { prose += 1 }
      return looked < Self.proseValues
    }
    return prose * 2 > looked
  }
}

extension String {
  init(copying bytes: Span<UInt8>) {
    self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}

extension ReadoutError {
  /// A value as notes show it: cut at 40 characters, line ends made visible.
  static func shown(value: String) -> String {
    let cut = value.count > 40 ? value.prefix(40) + "…" : value[...]
    return String(cut).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }
}
