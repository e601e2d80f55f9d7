import ReadoutEngine
import ReadoutVectors

/// How many values of each kind a column of JSON has, and the first of each.
struct JSONTally: Sendable {
  struct Found: Sendable {
    var kind: JSONKinds
    var count: Int
    /// Of the first value, as rows are before any is left out.
    var row: Int
    /// The first value, a string without its quotes.
    var value: String
  }

  private(set) var found: [Found] = []
  /// As much of a value as a note shows.
  private static let shownBytes = 256

  /// Takes a column of a batch whose values are of the kinds `kinds`; its first row is row `row` of the table.
  mutating func take(_ batch: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, kinds: JSONKinds, row: Int) {
    for number in 0..<batch.rows {
      // Null and missing values have no bytes.
      let range = batch.range(column: column, row: number)
      if range.isEmpty { continue }
      let kind = Self.kind(bytes.vector, range, kinds)
      if let place = found.firstIndex(where: { $0.kind == kind }) {
        found[place].count += 1
      } else {
        let inside = kind == .string ? range.lowerBound + 1..<range.upperBound - 1 : range
        let shown = String(decoding: bytes.vector[inside.prefix(Self.shownBytes)], as: UTF8.self)
        found.append(Found(kind: kind, count: 1, row: row + number, value: shown))
      }
    }
  }

  /// Adds what was found in another part of the table.
  mutating func add(_ other: JSONTally) {
    for more in other.found {
      guard let place = found.firstIndex(where: { $0.kind == more.kind }) else {
        found.append(more)
        continue
      }
      let count = found[place].count + more.count
      if more.row < found[place].row { found[place] = more }
      found[place].count = count
    }
  }

  /// The sentence for a column that became `type` because its values are of several kinds.
  func note(column: String, type: DataType, place: (_ row: Int) -> ReadoutError.Place) -> String? {
    let most = found.max { ($0.count, -$0.row) < ($1.count, -$1.row) }
    guard let most, let other = found.filter({ $0.kind != most.kind }).min(by: { $0.row < $1.row }) else { return nil }
    let total = found.reduce(0) { $0 + $1.count }
    let are = most.count == 1 ? "is \(Self.name(most.kind))" : "are \(Self.name(most.kind)) each"
    return MixedColumn(name: column, type: type).note(
      "\(most.count) of \(total) values \(are)", but: other.value, at: place(other.row),
      "is \(Self.name(other.kind))")
  }

  private static func name(_ kind: JSONKinds) -> String {
    switch kind {
    case .number: "a number"
    case .boolean: "a boolean"
    case .string: "a string"
    case .list: "a list"
    default: "an array that is no list"
    }
  }

  /// The kind of one value, by its first byte; `kinds` are those of its batch.
  private static func kind(_ bytes: Vector<UInt8>, _ range: Range<Int>, _ kinds: JSONKinds) -> JSONKinds {
    switch bytes[range.lowerBound] {
    case 0x22: .string
    case 0x74, 0x66: .boolean
    case 0x5B: kinds.isSuperset(of: [.list, .nested]) ? array(bytes, range) : kinds.intersection([.list, .nested])
    default: .number
    }
  }

  /// A list, unless null, an array or an object stands in it: outside of strings only these have an `n` or a bracket more.
  private static func array(_ bytes: Vector<UInt8>, _ range: Range<Int>) -> JSONKinds {
    var isInside = false
    var at = range.lowerBound + 1
    while at < range.upperBound {
      switch bytes[at] {
      case 0x22: isInside.toggle()
      case 0x5C: at += 1
      case 0x5B, 0x7B, 0x6E: if !isInside { return .nested }
      default: break
      }
      at += 1
    }
    return .list
  }
}
