import ReadoutVectors

/// The rows of a table by key, those of a key by time, those of a moment as they stand in the table. Rows without a time or
/// with a null key are left out.
struct TimedRows: Sendable {
  /// The rows of key `n` are at `starts[n]..<starts[n + 1]`; the last key, for keys that are not there, has none.
  let starts: Vector<UInt32>
  let times: Vector<Int64>
  let rows: Vector<UInt32>

  /// `numbers` has one for each row, `count` for a null key. O(rows) for each byte in which times or keys differ.
  init(_ numbers: Vector<UInt32>, count: Int, times values: Values, scale: DataType) {
    let null = UInt32(count)
    let times = TimeDistance.times(values, scale: scale)
    let present = values.presentRows.bytes().zip(numbers) { $1 == null ? 0 : $0 }.selected()
    let byTime = RadixSort.sorted(times.map { UInt64(bitPattern: $0) ^ 1 << 63 }, rows: present)
    rows = RadixSort.sorted(numbers.map { UInt64($0) }, rows: byTime)
    self.times = times.gather(rows)
    var sizes = MutableVector<UInt32>(repeating: 0, count: count + 1)
    sizes.updateGroups(numbers.gather(rows)) { size, _ in size &+= 1 }
    var starts = MutableVector<UInt32>(capacity: count + 2)
    var total: UInt32 = 0
    for number in 0...count {
      starts.append(total)
      total &+= sizes[number]
    }
    starts.append(total)
    self.starts = starts.freeze()
  }
}

/// The left side's rows of a batch: where the right rows of each one's key lie, and its time.
struct TimedBatch {
  let starts: Vector<UInt32>
  let ends: Vector<UInt32>
  let times: Vector<Int64>

  /// A row without a time has no right rows.
  init(_ numbers: Vector<UInt32>, times values: Values, scale: DataType, in rows: TimedRows) {
    times = TimeDistance.times(values, scale: scale)
    starts = rows.starts.gather(numbers)
    let ends = rows.starts.gather(numbers.map { $0 &+ 1 })
    if values.nullCount == 0 {
      self.ends = ends
    } else {
      let present = values.presentRows.bytes()
      let starts = starts
      self.ends = Vector(count: ends.count) { present[$0] != 0 ? ends[$0] : starts[$0] }
    }
  }
}
