import ReadoutEngine
import ReadoutVectors

@testable import ReadoutIngest

/// Made-up records whose values are known, as JSON.
struct JSONSample {
  /// A key's values, one for each record: their text in JSON, nil where the key is missing, and what they are.
  struct Column {
    var path: [String]
    var values: [(json: String?, value: Scalar)]

    var name: String { path.joined(separator: ".") }
  }

  var columns: [Column] = []
  /// Each record's text, without line ends.
  var records: [String] = []
  /// The names of the columns in the order of their first appearance.
  var order: [String] = []

  init(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = 1 + random.below(60)
    let paths = [
      ["id"], ["who", "name"], ["tone"], ["who", "home", "land"], ["näme \"q\""], ["topics"], ["who", "x"],
    ]
    for path in paths.prefix(2 + random.below(6)) {
      let kind = random.below(7)
      let absent = random.below(3)
      var column = Column(path: path, values: [])
      for _ in 0..<rows {
        column.values.append(
          random.below(4) < absent ? (random.below(2) == 0 ? nil : "null", .null) : Self.value(kind, &random))
      }
      if kind == 6 { column.settle() }
      columns.append(column)
    }
    for row in 0..<rows {
      var members = columns.compactMap { column in column.values[row].json.map { (path: column.path[...], json: $0) } }
      for place in members.indices.reversed() where place > 0 { members.swapAt(place, random.below(place + 1)) }
      records.append(object(members, prefix: "", &random))
    }
    columns.removeAll { !order.contains($0.name) }
  }

  /// The members in their order, blanks between them; those of one inner object stand together.
  private mutating func object(
    _ members: [(path: ArraySlice<String>, json: String)], prefix: String, _ random: inout SplitMix64
  ) -> String {
    let blanks = ["", "", " ", "\t "]
    var written: [String] = []
    var done: Set<String> = []
    for member in members {
      let key = member.path.first!
      if member.path.count == 1 {
        order += order.contains(prefix + key) ? [] : [prefix + key]
        written.append(Self.quoted(key) + blanks[random.below(4)] + ":" + blanks[random.below(4)] + member.json)
      } else if done.insert(key).inserted {
        let inner = members.filter { $0.path.first == key }.map { (path: $0.path.dropFirst(), json: $0.json) }
        written.append(Self.quoted(key) + ":" + object(inner, prefix: prefix + key + ".", &random))
      }
    }
    return "{" + blanks[random.below(4)] + written.joined(separator: "," + blanks[random.below(4)]) + "}"
  }

  private static func value(_ kind: Int, _ random: inout SplitMix64) -> (json: String?, value: Scalar) {
    let strings = [
      "x", "042", "true", "say \"so\"", "tab\there", "", "한국", "😀 \\ /", "5", "a;b",
      "a rather long string, so that it is no short one",
    ]
    switch kind {
    case 0:
      let value = random.below(2_000_000) - 1_000_000
      return ("\(value)", .integer(Int64(value)))
    case 1:
      let value = Double(random.below(10_000)) / 8 + 0.125
      return (random.below(2) == 0 ? "\(value)" : "\(value * 10)E-1", .number(value))
    case 2:
      let value = random.below(2) == 0
      return ("\(value)", .boolean(value))
    case 3:
      let text = "20\(10 + random.below(20))-1\(random.below(3))-\(10 + random.below(19))"
      return (quoted(text), .date(Calendar.parseDay(Array(text.utf8).span)!))
    case 4:
      let text = strings[random.below(strings.count)]
      return (quoted(text, escapes: random.below(2) == 0), .string(text))
    case 5:
      let items = (0..<random.below(4)).map { _ in strings[random.below(strings.count)] }
      return ("[" + items.map { quoted($0) }.joined(separator: " ,") + "]", .list(items))
    default:
      let text = "\(random.below(100))"
      return random.below(3) == 0 ? (quoted(text), .string(text)) : (text, .string(text))
    }
  }

  /// With escapes for what has to have one, or for every character.
  private static func quoted(_ text: String, escapes: Bool = false) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      if escapes {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else if scalar == "\"" || scalar == "\\" {
        written += "\\" + String(scalar)
      } else {
        written += scalar == "\t" ? "\\t" : String(scalar)
      }
    }
    return written + "\""
  }
}

extension JSONSample.Column {
  /// A mixture that has no string is one of integers.
  fileprivate mutating func settle() {
    guard !values.contains(where: { $0.json?.first == "\"" }) else { return }
    for row in values.indices {
      if case .string(let text) = values[row].value { values[row].value = .integer(Int64(text)!) }
    }
  }
}
