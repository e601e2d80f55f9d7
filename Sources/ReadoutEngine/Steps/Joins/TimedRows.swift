import ReadoutVectors

/// The rows of a table by key, those of a key by time, those of a moment as they stand in the table. Rows without a time or
/// with a null key are left out.
struct TimedRows: Sendable {
  /// The times, a run for each key, and an empty one for keys that are not there.
  let times: SortedRuns
  /// The row of each time.
  let rows: Vector<UInt32>

  /// `numbers` has one for each row, `count` for a null key. O(rows) for each byte in which times or keys differ.
  /// - Parameter searches: How often times will be looked for: the grid over them may be as large.
  init(_ numbers: Vector<UInt32>, count: Int, times values: Values, scale: DataType, searches: Int) {
    let null = UInt32(count)
    let times = TimeDistance.times(values, scale: scale)
    let present = values.presentRows.bytes().zip(numbers) { $1 == null ? 0 : $0 }.selected()
    let byTime = RadixSort.sorted(times.map { UInt64(bitPattern: $0) ^ 1 << 63 }, rows: present)
    rows = RadixSort.sorted(numbers.map { UInt64($0) }, rows: byTime)
    var sizes = MutableVector<UInt32>(repeating: 0, count: count + 1)
    sizes.updateGroups(numbers.gather(rows)) { size, _ in size &+= 1 }
    var starts = MutableVector<UInt32>(capacity: count + 2)
    var total: UInt32 = 0
    for number in 0...count {
      starts.append(total)
      total &+= sizes[number]
    }
    starts.append(total)
    self.times = SortedRuns(
      times.gather(rows), starts: starts.freeze(), mostCells: max(2 * rows.count, searches / 2))
  }
}

/// The left side's rows of a chunk: the number of each one's key, and its time.
struct TimedChunk {
  let keys: Vector<UInt32>
  let times: Vector<Int64>

  /// A row without a time gets the key that is not there.
  init(_ numbers: Vector<UInt32>, times values: Values, scale: DataType, in rows: TimedRows) {
    times = TimeDistance.times(values, scale: scale)
    let missing = UInt32(rows.times.starts.count - 2)
    keys = values.nullCount == 0 ? numbers : numbers.zip(values.presentRows.bytes()) { $1 != 0 ? $0 : missing }
  }
}
