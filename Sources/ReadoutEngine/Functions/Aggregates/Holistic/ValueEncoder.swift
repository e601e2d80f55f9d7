import ReadoutVectors

/// Values of any type as 64-bit keys: equal values have equal keys, and a key can be read back.
///
/// Integers, days and microseconds are their bits; numbers theirs, with -0.0 as 0.0 and one NaN; strings their code in a
/// dictionary: the column's own while all batches bring the same one, else one of the encoder's.
struct ValueEncoder {
  let type: DataType
  private var shared: StringDictionary?
  private let interner = InternerBox()
  private var isInterned = false

  init(type: DataType) { self.type = type }

  /// The encoder's own dictionary, shared by copies of the struct.
  private final class InternerBox {
    var interner = StringInterner()
    var frozen: StringVector?

    func checkRoom(for length: Int) throws(ReadoutError) {
      if !interner.hasRoom(for: length) { throw .tooMuchText }
    }
  }

  /// The keys of all rows; those of null rows mean nothing.
  ///
  /// - Throws: where the distinct strings pass the 4 GiB of one dictionary.
  mutating func keys(
    of values: Values, recoding old: (_ map: (UInt64) -> UInt64) -> Void
  ) throws(ReadoutError) -> Vector<UInt64> {
    switch values.type {
    case .number: return values.numbers.map { Self.bits(of: $0) }
    case .boolean: return values.booleans.map { UInt64($0) }
    case .string, .text: return try stringKeys(values, recoding: old)
    case .list:
      let lists = values.lists
      isInterned = true
      return Vector(
        try (0..<values.count).map { (row) throws(ReadoutError) in
          let key = ListKey.encode(lists[row])
          try interner.checkRoom(for: key.utf8.count)
          return UInt64(interner.interner.intern(key))
        })
    default: return values.integers.map { UInt64(bitPattern: $0) }
    }
  }

  private mutating func stringKeys(
    _ values: Values, recoding old: (_ map: (UInt64) -> UInt64) -> Void
  ) throws(ReadoutError) -> Vector<UInt64> {
    if !isInterned, case .coded(let codes, let dictionary) = values.payload, shared == nil || shared === dictionary {
      shared = dictionary
      return codes.map { UInt64($0) }
    }
    intern(recoding: old)
    let strings = values.strings
    var keys = MutableVector<UInt64>(capacity: values.count)
    for row in 0..<values.count {
      if values.isNull(row) {
        keys.append(0)
        continue
      }
      try interner.checkRoom(for: strings.length(row))
      let range = Int(strings.starts[row])..<Int(strings.ends[row])
      keys.append(UInt64(interner.interner.intern(strings.bytes, range)))
    }
    return keys.freeze()
  }

  /// Goes over to the encoder's own dictionary; keys given so far are mapped through `old`.
  private mutating func intern(recoding old: (_ map: (UInt64) -> UInt64) -> Void) {
    if isInterned { return }
    isInterned = true
    guard let shared else { return }
    old { UInt64(interner.interner.intern(shared[UInt32($0)])) }
    self.shared = nil
  }

  /// What maps the keys of `other` to ours; both stand for the same strings after it.
  ///
  /// - Throws: where the distinct strings of both pass the 4 GiB of one dictionary.
  mutating func adopt(
    _ other: ValueEncoder, recoding old: (_ map: (UInt64) -> UInt64) -> Void
  ) throws(ReadoutError) -> ((UInt64) -> UInt64) {
    guard type.isString || type == .list else { return { $0 } }
    if !isInterned, !other.isInterned {
      if shared == nil { shared = other.shared }
      if other.shared == nil || other.shared === shared { return { $0 } }
    }
    intern(recoding: old)
    if !interner.interner.hasRoom(for: other.textByteCount) {
      let theirs = other.strings
      var added = 0
      for key in 0..<theirs.count where interner.interner.code(of: theirs[key]) == nil { added += theirs.length(key) }
      try interner.checkRoom(for: added)
    }
    return { [interner] key in UInt64(interner.interner.intern(other.string(key))) }
  }

  /// Bytes of the strings that keys stand for.
  private var textByteCount: Int { isInterned ? interner.interner.textByteCount : shared?.strings.textByteCount ?? 0 }

  func string(_ key: UInt64) -> String { strings[Int(key)] }

  /// The strings by key.
  var strings: StringVector {
    if let shared, !isInterned { return shared.strings }
    if let frozen = interner.frozen, frozen.count == interner.interner.count { return frozen }
    let frozen = interner.interner.snapshot()
    interner.frozen = frozen
    return frozen
  }

  /// The places of distinct keys in the order of their values.
  func order(of keys: Vector<UInt64>, control: ExecutionControl?) throws(ReadoutError) -> Vector<UInt32> {
    switch type {
    case .string, .text, .list:
      return try StringOrder.of(strings.gather(keys)) { () throws(ReadoutError) in try control?.checkTime() }
    default:
      let order = OrderedKey(type)
      return RadixSort.order(keys.map { order.ordered($0) })
    }
  }

  static func bits(of value: Double) -> UInt64 {
    if value == 0 { return 0 }
    return value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  /// The value of a key.
  func scalar(_ key: UInt64) -> Scalar {
    switch type {
    case .integer: .integer(Int64(bitPattern: key))
    case .number: .number(Double(bitPattern: key))
    case .boolean: .boolean(key != 0)
    case .date: .date(Int64(bitPattern: key))
    case .timestamp: .timestamp(Int64(bitPattern: key))
    case .string, .text: .string(string(key))
    case .list: .list(ListKey.decode(string(key)))
    }
  }

  /// Whether the value of key `a` comes before that of `b`: by size, by code point, NaN last.
  func precedes(_ a: UInt64, _ b: UInt64) -> Bool {
    switch type {
    case .number:
      let (x, y) = (Double(bitPattern: a), Double(bitPattern: b))
      return x.isNaN ? false : y.isNaN || x < y
    case .boolean: return a < b
    case .string, .text, .list:
      let strings = strings
      return StringVector.compare(strings, Int(a), strings, Int(b)) < 0
    default: return Int64(bitPattern: a) < Int64(bitPattern: b)
    }
  }

  /// The value as text, as reports write it.
  func text(_ key: UInt64) -> String { scalar(key).text }
}

extension Scalar {
  /// The value as reports write it; null is empty.
  public var text: String {
    switch self {
    case .null: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
    case .date(let days): Calendar.text(ofDay: days)
    case .timestamp(let microseconds): Calendar.text(ofMoment: microseconds)
    case .string(let value): value
    case .list(let items): items.joined(separator: ";")
    }
  }
}
