import ReadoutVectors

/// All keys of a grouping in one number, in the order of the keys: the first key counts most.
struct PackedKeys: Sendable {
  let keys: [GroupKey]
  /// What each key's number is multiplied by.
  private let strides: [UInt64]
  /// Where the strides are powers of two, their exponents.
  private let shifts: [UInt64]?
  /// How many different packed numbers there can be.
  let size: UInt64

  /// Tightly packed where that makes a direct index, else by bits. Nil where the keys need more than 63 bits.
  static func packing(_ keys: [GroupKey], directLimit: UInt64) -> PackedKeys? {
    if let tight = PackedKeys(keys, byBits: false), tight.size <= directLimit { return tight }
    return PackedKeys(keys, byBits: true)
  }

  /// Nil where the keys together need more than 63 bits.
  init?(_ keys: [GroupKey], byBits: Bool) {
    var strides = [UInt64](repeating: 1, count: keys.count)
    var size: UInt64 = 1
    for index in keys.indices.reversed() {
      strides[index] = size
      let count = UInt64(keys[index].count) + 1
      let (product, overflow) = size.multipliedReportingOverflow(
        by: byBits ? 1 << UInt64(UInt64.bitWidth - (count - 1).leadingZeroBitCount) : count)
      if overflow || product > 1 << 63 { return nil }
      size = product
    }
    self.keys = keys
    self.strides = strides
    self.size = size
    shifts = byBits ? strides.map { UInt64($0.trailingZeroBitCount) } : nil
  }

  /// The packed number of each row, where `size` fits 32 bits: a single key's codes as the column holds them.
  func groups(in batch: Batch, batchIndex: Int, evaluator: Evaluator) throws(ReadoutError) -> GroupNumbers {
    if keys.isEmpty { return .single(count: batch.count) }
    if keys.count == 1 {
      return try keys[0].groupNumbers(in: batch, batchIndex: batchIndex, evaluator: evaluator)
    }
    var packed: Vector<UInt32>?
    for (key, stride) in zip(keys, strides) {
      let numbers = try key.groupNumbers(in: batch, batchIndex: batchIndex, evaluator: evaluator)
      packed = numbers.added(to: packed, times: UInt32(truncatingIfNeeded: stride))
    }
    return .bits32(packed!)
  }

  /// The packed number of each row.
  func numbers(in batch: Batch, batchIndex: Int, evaluator: Evaluator) throws(ReadoutError) -> Vector<UInt64> {
    var packed = Vector<UInt64>(repeating: 0, count: batch.count)
    for (key, stride) in zip(keys, strides) {
      let numbers = try key.numbers(in: batch, batchIndex: batchIndex, evaluator: evaluator)
      packed = packed.zip(numbers) { $0 &+ UInt64($1) &* stride }
    }
    return packed
  }

  /// The values of each key for packed numbers.
  func decode(_ packed: Vector<UInt64>) -> [Values] {
    keys.indices.map { index in
      let key = keys[index]
      if let shifts {
        let shift = shifts[index]
        let mask = (index == 0 ? size : strides[index - 1]) >> shift &- 1
        return key.decode(packed.map { UInt32(truncatingIfNeeded: $0 >> shift & mask) })
      }
      let stride = strides[index]
      let size = UInt64(key.count) + 1
      return key.decode(packed.map { UInt32(truncatingIfNeeded: $0 / stride % size) })
    }
  }
}

extension GroupNumbers {
  /// The numbers `sum + stride · number`.
  fileprivate func added(to sum: Vector<UInt32>?, times stride: UInt32) -> Vector<UInt32> {
    func added<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ vector: Vector<T>) -> Vector<UInt32> {
      sum.map { $0.zip(vector) { $0 &+ UInt32(truncatingIfNeeded: $1) &* stride } }
        ?? vector.map { UInt32(truncatingIfNeeded: $0) &* stride }
    }
    return switch self {
    case .single(let count): sum ?? Vector(repeating: 0, count: count)
    case .bits8(let vector): added(vector)
    case .bits16(let vector): added(vector)
    case .bits32(let vector): added(vector)
    }
  }
}
