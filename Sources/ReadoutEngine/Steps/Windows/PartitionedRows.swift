import ReadoutVectors

/// The rows of a table ordered by partition, and within each by sort keys: equal ones as they stand in the table.
struct PartitionedRows: Sendable {
  /// Row numbers in this order.
  let order: Vector<UInt32>
  /// Partition `p` is `order[starts[p]..<starts[p + 1]]`.
  let starts: [Int]
  /// The values of the sort keys in this order.
  let sorted: [Values]
  let isDescending: [Bool]

  /// Partitions ascend by their keys, null last. O(rows) for each byte in which keys differ.
  init(by partitionKeys: [Values], sort: [(values: Values, isDescending: Bool)], count: Int) {
    let byPartition = partitionKeys.flatMap { SortKey.vectors(of: $0, descending: false) }
    let bySort = sort.flatMap { SortKey.vectors(of: $0.values, descending: $0.isDescending) }
    let order = SortKey.order(byPartition + bySort, count: count)
    self.order = order
    starts = Self.runs(byPartition, order, within: nil)
    sorted = sort.map { $0.values.gather(order) }
    isDescending = sort.map(\.isDescending)
    sortKeys = bySort
  }

  private let sortKeys: [Vector<UInt64>]

  var partitions: Range<Int> { 0..<starts.count - 1 }
  func range(of partition: Int) -> Range<Int> { starts[partition]..<starts[partition + 1] }

  /// Where runs of rows begin that are equal in partition and sort keys; the number of rows at the end.
  func peerStarts() -> [Int] { Self.runs(sortKeys, order, within: starts) }

  /// Values in this order put back into the order of the table.
  func restore(_ values: Values) -> Values {
    var places = MutableVector<UInt32>(repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { places[Int(row)] = UInt32(truncatingIfNeeded: place) }
    return values.gather(places.freeze())
  }

  /// The places where any of the keys changes, or where `outer` begins a run; the number of rows at the end.
  private static func runs(_ keys: [Vector<UInt64>], _ order: Vector<UInt32>, within outer: [Int]?) -> [Int] {
    var isStart = MutableVector<UInt8>(repeating: 0, count: order.count)
    if order.count > 0 { isStart[0] = 1 }
    for start in outer ?? [] where start < order.count { isStart[start] = 1 }
    for key in keys {
      for place in 1..<max(1, order.count) where key[Int(order[place])] != key[Int(order[place - 1])] {
        isStart[place] = 1
      }
    }
    return isStart.freeze().selected().map { Int($0) } + [order.count]
  }
}
