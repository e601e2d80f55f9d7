import ReadoutVectors

/// An accumulator that keeps every value that is not null and looks at each group's values together at the end.
///
/// Memory: 12 bytes a value. A group's values reach `result` in row order.
final class CollectingAccumulator: Accumulator {
  /// The results from all groups' keys.
  typealias Result = (_ groups: GroupedKeys, _ encoder: ValueEncoder) throws(ReadoutError) -> Values

  private var encoder: ValueEncoder
  private var groups = MutableVector<UInt32>()
  private var keys = MutableVector<UInt64>()
  private let result: Result

  init(type: DataType, _ result: @escaping Result) {
    encoder = ValueEncoder(type: type)
    self.result = result
  }

  func resize(to count: Int) {}

  func update(_ arguments: [Values], groups newGroups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let newKeys = encoder.keys(of: values, recoding: recode)
    guard let validity = values.validity else {
      groups.append(contentsOf: newGroups)
      keys.append(contentsOf: newKeys)
      return
    }
    let present = validity.bytes().selected()
    groups.append(contentsOf: newGroups.gather(present))
    keys.append(contentsOf: newKeys.gather(present))
  }

  private func recode(_ map: (UInt64) -> UInt64) { for i in keys.indices { keys[i] = map(keys[i]) } }

  func merge(_ other: any Accumulator, groups mapping: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? CollectingAccumulator else { throw .bug("accumulators of different classes") }
    let map = encoder.adopt(other.encoder, recoding: recode)
    for i in other.groups.indices {
      groups.append(mapping[Int(other.groups[i])])
      keys.append(map(other.keys[i]))
    }
  }

  func finalize(count: Int) throws(ReadoutError) -> Values {
    return try result(GroupedKeys(groups: groups.take(), keys: keys.take(), count: count), encoder)
  }
}

/// Keys laid out by group: those of group `g` are `keys[offsets[g]..<offsets[g + 1]]`, in row order.
struct GroupedKeys {
  private(set) var keys: [UInt64]
  let offsets: [Int]

  /// A stable counting sort by group: O(rows + groups).
  init(groups: Vector<UInt32>, keys: Vector<UInt64>, count: Int) {
    var offsets = [Int](repeating: 0, count: count + 1)
    for group in groups { offsets[Int(group) + 1] += 1 }
    for group in 0..<count { offsets[group + 1] += offsets[group] }
    var next = offsets
    var sorted = [UInt64](repeating: 0, count: keys.count)
    for i in groups.indices {
      let group = Int(groups[i])
      sorted[next[group]] = keys[i]
      next[group] += 1
    }
    self.keys = sorted
    self.offsets = offsets
  }

  var count: Int { offsets.count - 1 }
  func group(_ index: Int) -> ArraySlice<UInt64> { keys[offsets[index]..<offsets[index + 1]] }
}
