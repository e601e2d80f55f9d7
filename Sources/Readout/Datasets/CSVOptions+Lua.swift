import ReadoutEngine
import ReadoutIngest
import ReadoutLua

extension CSVOptions {
  /// The keys by which a description, or the options of `open`, say how a file is read.
  static let keys = [
    "delimiter", "quote", "header", "names", "encoding", "types", "formats", "null", "on_error", "unpack_ratio",
  ]

  /// Reads the keys that are given; the others keep their defaults.
  init(_ data: LuaData, place: ReadoutError.Place) throws(ReadoutError) {
    self.init()
    let fields = DescriptionFields(data, place: place)
    if let text = try fields.string("delimiter") { delimiter = try fields.byte(text, "delimiter") }
    switch data["quote"] {
    case .boolean(false): quote = nil
    case .null, .boolean(true): break
    default: quote = try fields.string("quote").map { text throws(ReadoutError) in try fields.byte(text, "quote") }
    }
    hasHeader = try fields.boolean("header") ?? true
    names = try fields.list("names")
    if let name = try fields.string("encoding") {
      guard let known = TextEncoding(named: name) else {
        throw ReadoutError(
          .request, "unknown encoding", value: name, place: place,
          hint: "encodings: " + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
      }
      encoding = known
    }
    for (column, name) in try fields.strings("types").sorted(by: { $0.key < $1.key }) {
      types[column] = try DataType(named: name, column: column, place: place)
    }
    dateFormats = try fields.strings("formats")
    nulls = try fields.list("null")
    switch data["unpack_ratio"] {
    case .null: break
    case .boolean(false): unpackRatio = nil
    default: unpackRatio = try fields.count("unpack_ratio")
    }
    if let name = try fields.string("on_error") {
      guard let policy = ErrorPolicy(rawValue: name == "error" ? "fail" : name) else {
        throw ReadoutError(
          .request, "unknown on_error", value: name, place: place, hint: "on_error: fail, null, skip")
      }
      onError = policy
    }
  }
}

extension DataType {
  init(named name: String, column: String, place: ReadoutError.Place) throws(ReadoutError) {
    guard let type = DataType(rawValue: name) else {
      var place = place
      place.detail = "column \(column)"
      throw ReadoutError(
        .request, "unknown type", value: name, place: place,
        hint: Suggestion.hint(for: name, among: DataType.allCases.map(\.rawValue), kind: "types"))
    }
    self = type
  }
}
