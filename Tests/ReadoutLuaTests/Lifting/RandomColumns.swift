import ReadoutEngine
import ReadoutVectors

/// Columns for random programs: tame values, for which few functions raise an error, or wild ones.
struct RandomColumns {
  static let rows = 40

  static func column(_ type: DataType, isWild: Bool, nullEvery: Int?, _ random: inout SplitMix64) -> Values {
    if random.chance(12) {
      return Values(repeating: scalar(type, isWild: isWild, &random), type: type, count: rows)
    }
    let scalars = (0..<rows).map { _ -> Scalar in
      if let nullEvery, random.chance(nullEvery) { return .null }
      return scalar(type, isWild: isWild, &random)
    }
    if type == .string, random.chance(2) {
      return Values(coded: scalars.map { if case .string(let text) = $0 { text } else { nil } })
    }
    return Values(scalars, type: type)
  }

  private static func scalar(_ type: DataType, isWild: Bool, _ random: inout SplitMix64) -> Scalar {
    switch type {
    case .integer:
      if !isWild { return .integer(Int64(1 + random.below(9))) }
      return .integer(
        random.pick([
          0, 1, -1, 2, -7, 63, 64, 1 << 53, (1 << 53) + 1, .max, .min, Int64(bitPattern: random.next()),
          Int64(random.below(2000)) - 1000,
        ]))
    case .number:
      if !isWild { return .number(Double(random.below(40)) / 8) }
      return .number(
        random.pick([
          0, -0.0, 1, 0.1, -2.5, .infinity, -.infinity, .nan, 1e15, 1e16, 0x1p53, 0x1p63, -0x1p63, 1e300, 3,
          Double(Int64(random.below(2000)) - 1000) / 7, Double(bitPattern: random.next()),
        ]))
    case .boolean: return .boolean(random.chance(2))
    case .date: return .date(Int64(random.below(isWild ? 4_000_000 : 20_000)))
    case .timestamp: return .timestamp(Int64(random.below(isWild ? 1 << 60 : 1 << 50)))
    default:
      let tame = ["war", "peace", "KOR", "a", "Seoul calls", "war and peace"]
      if !isWild { return .string(random.pick(tame)) }
      return .string(
        random.pick(
          tame + [
            "", "a\0b", "é", "e\u{301}", "[a-b]%", "국방", " 10 ", "0x1F", "1e2", "yes",
            String(repeating: "long ", count: 30),
          ]))
    }
  }
}
