import CLuaBridge
import ReadoutEngine

extension LuaValue {
  /// An error as the fields of the table that scripts catch.
  init(_ error: ReadoutError) {
    var fields: [(String, LuaValue)] = [
      ("blame", .integer(Int64(error.blame.rawValue))), ("ends_query", .boolean(error.endsQuery)),
      ("message", .string(error.message)),
      ("text", .string(error.message + (error.value.map { ": \($0)" } ?? ""))),
    ]
    let strings = [
      ("value", error.value), ("file", error.place.file), ("step", error.place.step), ("detail", error.place.detail),
      ("hint", error.hint),
    ]
    for case (let key, let value?) in strings { fields.append((key, .string(value))) }
    let integers = [
      ("line", error.place.line), ("column", error.place.column), ("from", error.range?.lowerBound),
      ("to", error.range?.upperBound), ("row", error.row), ("group", error.group),
    ]
    for case (let key, let value?) in integers { fields.append((key, .integer(Int64(value)))) }
    self = .table(fields)
  }
}

extension ReadoutError {
  /// The error back from the fields of its table.
  init(fields: LuaValue) {
    let number = { (key: String) in fields[key].integer.map { Int($0) } }
    var range: Range<Int>?
    if let from = number("from"), let to = number("to"), from <= to { range = from..<to }
    self.init(
      number("blame").flatMap { Blame(rawValue: Int32($0)) } ?? .bug, fields["message"].text ?? "",
      value: fields["value"].text,
      place: Place(
        file: fields["file"].text, line: number("line"), column: number("column"), step: fields["step"].text,
        detail: fields["detail"].text),
      hint: fields["hint"].text, range: range)
    row = number("row")
    group = number("group")
    if case .boolean(let ends) = fields["ends_query"] { endsQuery = ends }
  }
}
