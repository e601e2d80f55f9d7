import ReadoutVectors

enum Distinct {
  static let distinct = SimpleAggregate(
    Signature(
      "distinct", [Parameter("x", .any)], result: "integer",
      summary: "How many different values x has, null not counted.",
      examples: [.init("distinct(speaker)", gives: "the number of speakers")])
  ) { arguments in
    AggregateKernel(.integer) { _ in DistinctAccumulator(type: arguments[0].type) }
  }
}

/// Counts different values: a bit for each pair of a group and a dictionary code while those are few, else a hash table of
/// the pairs.
final class DistinctAccumulator: Accumulator {
  /// Bits up to which the table of all pairs is kept: 2 MB.
  private static let mostBits = 1 << 24

  private enum Store {
    case empty
    case bits(Bits)
    case pairs(Pairs)
  }

  private final class Bits {
    let dictionary: StringDictionary
    var seen: MutableVector<UInt8>

    init(_ dictionary: StringDictionary, groups: Int) {
      self.dictionary = dictionary
      seen = MutableVector(repeating: 0, count: groups * dictionary.count / 8 + 1)
    }
  }

  private final class Pairs {
    var encoder: ValueEncoder
    /// The distinct keys, by number.
    var keys = KeyInterner()
    /// The distinct pairs: group in the high half, key number in the low one.
    var pairs = KeyInterner()

    init(type: DataType) { encoder = ValueEncoder(type: type) }

    func recode(_ map: (UInt64) -> UInt64) {
      var recoded = KeyInterner(expecting: keys.count)
      for number in 0..<keys.count { _ = recoded.intern(map(keys.key(number))) }
      keys = recoded
    }
  }

  private let type: DataType
  private var groupCount = 0
  private var store = Store.empty

  init(type: DataType) { self.type = type }

  func resize(to count: Int) throws(ReadoutError) {
    guard count > groupCount else { return }
    groupCount = count
    if case .bits(let bits) = store {
      if count * bits.dictionary.count <= Self.mostBits {
        bits.seen.resize(to: count * bits.dictionary.count / 8 + 1, filling: 0)
      } else {
        store = .pairs(try spread(bits))
      }
    }
  }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    let values = arguments[0]
    if case .null = values.payload { return }
    if case .coded(let codes, let dictionary) = values.payload, take(codes, of: dictionary, groups, values.validity) {
      return
    }
    let pairs = try asPairs()
    let keys = try pairs.encoder.keys(of: values, recoding: pairs.recode)
    for row in 0..<values.count where !values.isNull(row) {
      _ = pairs.pairs.intern(UInt64(groups[row]) << 32 | UInt64(pairs.keys.intern(keys[row])))
    }
  }

  /// Sets the bits of a batch; false where bits do not fit.
  private func take(
    _ codes: Vector<UInt32>, of dictionary: StringDictionary, _ groups: Vector<UInt32>, _ validity: Bitmap?
  ) -> Bool {
    if case .empty = store, groupCount * dictionary.count <= Self.mostBits {
      store = .bits(Bits(dictionary, groups: groupCount))
    }
    guard case .bits(let bits) = store, bits.dictionary === dictionary else { return false }
    let width = UInt32(truncatingIfNeeded: dictionary.count)
    var places = groups.zip(codes) { $0 &* width &+ $1 }
    if let validity { places = places.gather(validity.bytes().selected()) }
    bits.seen.updateGroups(
      places.map { $0 >> 3 }, with: places.map { UInt8(1) << UInt8(truncatingIfNeeded: $0 & 7) }, validity: nil
    ) { $0 |= $1 }
    return true
  }

  private func asPairs() throws(ReadoutError) -> Pairs {
    switch store {
    case .pairs(let pairs): return pairs
    case .bits(let bits):
      let pairs = try spread(bits)
      store = .pairs(pairs)
      return pairs
    case .empty:
      let pairs = Pairs(type: type)
      store = .pairs(pairs)
      return pairs
    }
  }

  /// The same pairs in a hash table.
  private func spread(_ bits: Bits) throws(ReadoutError) -> Pairs {
    let pairs = Pairs(type: type)
    let width = bits.dictionary.count
    let all = Values(
      type: type, payload: .coded(Vector(count: width) { UInt32(truncatingIfNeeded: $0) }, bits.dictionary),
      count: width)
    let keys = try pairs.encoder.keys(of: all, recoding: pairs.recode)
    for key in keys { _ = pairs.keys.intern(key) }
    for byte in bits.seen.indices where bits.seen[byte] != 0 {
      for bit in 0..<8 where bits.seen[byte] >> UInt8(bit) & 1 == 1 {
        let place = byte * 8 + bit
        _ = pairs.pairs.intern(UInt64(place / width) << 32 | UInt64(place % width))
      }
    }
    return pairs
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? DistinctAccumulator else { throw .bug("accumulators of different classes") }
    switch (store, other.store) {
    case (_, .empty): return
    case (.bits(let ours), .bits(let theirs))
    where ours.dictionary === theirs.dictionary && ours.seen.count == theirs.seen.count && groups.isIdentity:
      ours.seen.updateGroups(
        Vector(count: theirs.seen.count) { UInt32(truncatingIfNeeded: $0) }, with: theirs.seen.take(), validity: nil
      ) { $0 |= $1 }
    default:
      let (ours, theirs) = (try asPairs(), try other.asPairs())
      let map = try ours.encoder.adopt(theirs.encoder, recoding: ours.recode)
      for number in 0..<theirs.pairs.count {
        let pair = theirs.pairs.key(number)
        let key = map(theirs.keys.key(Int(pair & 0xFFFF_FFFF)))
        _ = ours.pairs.intern(UInt64(groups[Int(pair >> 32)]) << 32 | UInt64(ours.keys.intern(key)))
      }
    }
  }

  func finalize(count: Int) -> Values {
    var counts = MutableVector<Int64>(repeating: 0, count: count)
    switch store {
    case .empty: break
    case .bits(let bits):
      let width = bits.dictionary.count
      for group in 0..<min(count, groupCount) {
        counts[group] = Int64(bits.seen.setBits(in: group * width..<(group + 1) * width))
      }
    case .pairs(let pairs):
      for number in 0..<pairs.pairs.count { counts[Int(pairs.pairs.key(number) >> 32)] += 1 }
    }
    return Values(integers: counts.freeze())
  }
}

extension Vector where Element == UInt32 {
  /// Whether element `i` is `i` throughout.
  fileprivate var isIdentity: Bool { indices.allSatisfy { self[$0] == UInt32(truncatingIfNeeded: $0) } }
}
