/// Keys of a `ValueEncoder` for integers or numbers as unsigned numbers in the order of their values, NaN last, and back.
struct OrderedKey {
  private let isNumber: Bool

  init(_ type: DataType) { isNumber = type == .number }

  @inline(__always) func ordered(_ key: UInt64) -> UInt64 {
    guard isNumber else { return key ^ 1 << 63 }
    return key >> 63 == 1 && !Double(bitPattern: key).isNaN ? ~key : key | 1 << 63
  }

  @inline(__always) func key(_ ordered: UInt64) -> UInt64 {
    guard isNumber else { return ordered ^ 1 << 63 }
    return ordered >> 63 == 1 ? ordered ^ 1 << 63 : ~ordered
  }

  @inline(__always) func number(_ ordered: UInt64) -> Double {
    isNumber ? Double(bitPattern: key(ordered)) : Double(Int64(bitPattern: key(ordered)))
  }
}
