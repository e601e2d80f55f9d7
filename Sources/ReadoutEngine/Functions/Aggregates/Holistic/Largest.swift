import ReadoutVectors

/// `top` of numbers: the n largest of each group, largest first.
enum Largest {
  /// Up to so many are kept in order as the rows come; for more, all values are kept and looked at in the end.
  private static let mostKept = 32

  static func kernel(_ n: Int, _ type: DataType) -> AggregateKernel {
    if n <= mostKept {
      var kernel = AggregateKernel(.list) { _ in LargestAccumulator(n, type) }
      kernel.rowsPerGroup = 20 * n
      return kernel
    }
    return AggregateKernel(.list, keepsRows: true) { _ in
      CollectingAccumulator(type: type) { groups, _ throws(ReadoutError) in
        let order = OrderedKey(type)
        // Ascending order of the complement is descending order.
        for i in groups.keys.indices { groups.keys[i] = ~order.ordered(groups.keys[i]) }
        var lists = NumberLists(type)
        var scratch = SelectionScratch()
        for group in 0..<groups.count {
          let range = groups.range(of: group)
          let wanted = Swift.min(n, range.count)
          if wanted > 0, wanted < range.count {
            groups.keys.select(range.lowerBound + wanted - 1, in: range, scratch: &scratch)
          }
          let best = range.lowerBound..<range.lowerBound + wanted
          groups.keys.sort(best)
          for i in best { lists.append(order.key(~groups.keys[i])) }
          lists.endList()
        }
        return lists.freeze()
      }
    }
  }
}

/// Keeps the n largest numbers of each group.
final class LargestAccumulator: Accumulator {
  private let type: DataType
  private let order: OrderedKey
  private var largest: LargestKeys

  init(_ n: Int, _ type: DataType) {
    self.type = type
    order = OrderedKey(type)
    largest = LargestKeys(each: n)
  }

  func resize(to count: Int) { largest.resize(to: count) }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let order = order
    let keys =
      type == .number
      ? values.numbers.map { order.ordered(ValueEncoder.bits(of: $0)) }
      : values.integers.map { order.ordered(UInt64(bitPattern: $0)) }
    largest.add(keys, validity: values.validity, groups: groups)
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? LargestAccumulator else { throw .bug("accumulators of different classes") }
    largest.add(other.largest, groups: groups)
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    var lists = NumberLists(type)
    for group in 0..<count {
      for rank in 0..<largest.count(of: group) { lists.append(order.key(largest[group, rank])) }
      lists.endList()
    }
    return lists.freeze()
  }
}

/// Lists of numbers as text, each different number written once.
private struct NumberLists: ~Copyable {
  private let encoder: ValueEncoder
  private var numbers = KeyInterner(expecting: 1024)
  private var items = MutableVector<UInt32>()
  private var starts = MutableVector<UInt32>()
  private var ends = MutableVector<UInt32>()

  init(_ type: DataType) { encoder = ValueEncoder(type: type) }

  mutating func append(_ key: UInt64) { items.append(numbers.intern(key)) }

  mutating func endList() {
    starts.append(ends.count == 0 ? 0 : ends[ends.count - 1])
    ends.append(UInt32(truncatingIfNeeded: items.count))
  }

  consuming func freeze() -> Values {
    let (encoder, items, starts, ends) = (encoder, items.take(), starts.take(), ends.take())
    // Different numbers have different texts.
    let texts = StringVector(numbers.freeze().map { encoder.text($0) } as [String])
    let lists = ListVector(starts: starts, ends: ends, items: items, dictionary: StringDictionary(texts))
    return Values(type: .list, payload: .lists(lists), count: starts.count)
  }
}
