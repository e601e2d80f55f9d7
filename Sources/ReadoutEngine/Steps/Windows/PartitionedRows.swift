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
  ///
  /// The rows are put in the order of their partitions first; then partitions, some at a time, are sorted on the query's
  /// threads, each among few enough rows to stay in the cache.
  init(
    by partitionKeys: [Values], sort: [(values: Values, isDescending: Bool)], count: Int, _ options: ExecutionOptions
  ) throws(ReadoutError) {
    let byPartition = try SortKey.vectors(of: partitionKeys.map { ($0, false) }, control: options.control)
    let bySort = try SortKey.vectors(of: sort, control: options.control)
    let parted = SortKey.order(byPartition, count: count)
    let starts = Self.runs(byPartition, parted, within: nil)
    var order = parted
    if !bySort.isEmpty {
      let pieces = Self.pieces(starts)
      let parts = Gathered<Vector<UInt32>>(count: pieces.count)
      try WorkerPool.run(threads: options.threads, pieces: pieces.count) { _, piece throws(ReadoutError) in
        try options.control.checkpoint()
        let rows = parted[starts[pieces[piece].lowerBound]..<starts[pieces[piece].upperBound]]
        let keys = (pieces[piece].count > 1 ? byPartition : []) + bySort
        parts[piece] = rows.gather(SortKey.order(keys.map { $0.gather(rows) }, count: rows.count))
      }
      order = Vector<UInt32>.concatenating(parts.all)
    }
    self.init(
      order: order, starts: starts, sorted: sort.map { $0.values.gather(order) },
      isDescending: sort.map(\.isDescending),
      sortKeys: bySort)
  }

  private init(
    order: Vector<UInt32>, starts: [Int], sorted: [Values], isDescending: [Bool], sortKeys: [Vector<UInt64>]
  ) {
    self.order = order
    self.starts = starts
    self.sorted = sorted
    self.isDescending = isDescending
    self.sortKeys = sortKeys
  }

  /// Rows that a piece of work has at least.
  private static let leastRows = 65_536

  /// Partitions in pieces of so many rows: a matter of the rows, never of threads. There is one at least.
  private static func pieces(_ starts: [Int]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var first = 0
    for partition in 0..<starts.count - 1 where starts[partition + 1] - starts[first] >= leastRows {
      pieces.append(first..<partition + 1)
      first = partition + 1
    }
    if first < starts.count - 1 || pieces.isEmpty { pieces.append(first..<starts.count - 1) }
    return pieces
  }

  /// The same in pieces, each with some of the partitions, one behind the other.
  var pieces: [PartitionedRows] {
    Self.pieces(starts).map { partitions in
      let places = starts[partitions.lowerBound]..<starts[partitions.upperBound]
      return PartitionedRows(
        order: order[places],
        starts: starts[partitions.lowerBound...partitions.upperBound].map { $0 - places.lowerBound },
        sorted: sorted.map { $0[places] }, isDescending: isDescending, sortKeys: sortKeys)
    }
  }

  private let sortKeys: [Vector<UInt64>]

  var partitions: Range<Int> { 0..<starts.count - 1 }
  func range(of partition: Int) -> Range<Int> { starts[partition]..<starts[partition + 1] }

  /// Where runs of rows begin that are equal in partition and sort keys; the number of rows at the end.
  func peerStarts() -> [Int] { Self.runs(sortKeys, order, within: starts) }

  /// The place of each row of the table in this order.
  var places: Vector<UInt32> {
    var places = MutableVector<UInt32>(repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { places[Int(row)] = UInt32(truncatingIfNeeded: place) }
    return places.freeze()
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
