import ReadoutEngine

/// Two tables to join: few different keys of every type with nulls, ties and duplicates, dates that touch each other's
/// windows, now and then no row at all.
struct RandomPairing {
  static let keys = ["whole", "number", "flag", "day", "moment", "code"]
  static let fields: [Table.Field] = [
    .init("id", .integer), .init("whole", .integer), .init("number", .number), .init("flag", .boolean),
    .init("day", .date), .init("moment", .timestamp), .init("code", .string), .init("wide", .integer),
  ]

  let table: Table
  let rows: [[Scalar]]

  init(rows count: Int, _ random: inout SeededGenerator) {
    let nullEvery = random.pick([2, 8, 1_000_000])
    let spread = random.pick([2, 5, 40])
    rows = (0..<count).map { number in
      RandomPairing.fields.map { field in
        if field.name == "id" { return .integer(Int64(number)) }
        return random.chance(nullEvery) ? .null : RandomPairing.value(of: field.name, spread, &random)
      }
    }
    table = RandomTable.encode(rows, fields: RandomPairing.fields, shape: .random(rows: count, &random))
  }

  private static func value(of column: String, _ spread: Int, _ random: inout SeededGenerator) -> Scalar {
    let number = random.below(spread)
    switch column {
    case "whole": return .integer(Int64(number) - 1)
    case "wide": return .integer(Int64(number) &* 0x1234_5678_9ABC_DEF1)
    case "number": return .number(random.pick([Double(number) - 1, Double(number) / 2, -0.0, .nan, 0x1p63, .infinity]))
    case "flag": return .boolean(number % 2 == 0)
    case "day": return .date(20_000 + Int64(number))
    case "moment":
      return .timestamp(
        (20_000 + Int64(number)) * Calendar.microsecondsPerDay + Int64(random.below(3)) * 43_200_000_000)
    default: return .string(random.pick(["", "KOR", "한국", "name \(number)"]))
    }
  }

  func column(_ name: String) -> Int { RandomPairing.fields.firstIndex { $0.name == name }! }
}
