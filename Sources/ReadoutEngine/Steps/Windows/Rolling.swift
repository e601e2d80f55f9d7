import ReadoutVectors

/// `rolling_mean rolling_sum`: over the last n rows of a partition, this one among them, or over a length of time.
///
/// A length of time reaches from this row's moment back, its far end left out: `'28 days'` are the 28 days that end with this
/// one. Rows of the same moment belong to it. Nulls are skipped; where the partition begins, the window is shorter. Each
/// window is summed anew, small ones term by term and large ones over a tree of partial sums, so that nothing drifts.
enum Rolling {
  static let mean = BuiltInWindow(
    "rolling_mean", parameters, result: "number",
    "Gives the mean of x over the last n rows, or a length of time such as '28 days'; null where there is no value in it."
  ) { (arguments, sort) throws(ReadoutError) in
    let frame = try Frame(arguments[1], sort, "rolling_mean")
    return WindowKernel(type: .number) { values, rows in
      let ranges = frame.ranges(of: rows)
      let sums = WindowSums(values[0], longest: ranges.longest)
      var out = MutableVector<Double>(capacity: rows.count)
      var present = MutableVector<UInt8>(capacity: rows.count)
      for range in ranges {
        let count = sums.count(in: range)
        out.append(sums.sum(in: range) / Double(count))
        present.append(count > 0 ? 1 : 0)
      }
      return Values(numbers: out.freeze(), validity: Bitmap(bytes: present.freeze()).unlessAllSet)
    }
  }

  static let sum = BuiltInWindow(
    "rolling_sum", parameters, result: "the type of x",
    "Gives the sum of x over the last n rows, or a length of time such as '28 days'; 0 where there is no value in it."
  ) { (arguments, sort) throws(ReadoutError) in
    let frame = try Frame(arguments[1], sort, "rolling_sum")
    if arguments[0].type == .integer {
      return WindowKernel(type: .integer) { (values, rows) throws(ReadoutError) in
        let (integers, values) = (values[0].integers, values[0])
        var sums: [Int128] = [0]
        for place in 0..<values.count {
          sums.append(sums[place] + (values.isNull(place) ? 0 : Int128(integers[place])))
        }
        var out = MutableVector<Int64>(capacity: rows.count)
        let ranges = frame.ranges(of: rows)
        for (place, range) in ranges.enumerated() {
          guard let sum = Int64(exactly: sums[range.upperBound] - sums[range.lowerBound]) else {
            throw rows.overflow("rolling_sum", at: place)
          }
          out.append(sum)
        }
        return Values(integers: out.freeze(), validity: presence(ranges))
      }
    }
    return WindowKernel(type: .number) { values, rows in
      let ranges = frame.ranges(of: rows)
      let sums = WindowSums(values[0], longest: ranges.longest)
      var out = MutableVector<Double>(capacity: rows.count)
      for range in ranges { out.append(sums.sum(in: range)) }
      return Values(numbers: out.freeze(), validity: presence(ranges))
    }
  }

  /// A row without a time has no window, and no sum.
  private static func presence(_ windows: [Range<Int>]) -> Bitmap? {
    Bitmap(count: windows.count) { !windows[$0].isEmpty }.unlessAllSet
  }

  private static let parameters = [
    Parameter("x", .numbers), Parameter("n", [.integer, .string], constant: true),
  ]
}

/// How far back a window reaches.
private enum Frame: Sendable {
  case rows(Int)
  /// In days or microseconds, over the first sort key.
  case time(Int64)

  init(_ argument: Argument, _ sort: [WindowSort], _ name: String) throws(ReadoutError) {
    if case .string(let text) = argument.constant {
      guard let first = sort.first, first.type.isTime, !first.isDescending else {
        throw ReadoutError(
          .request, "\(name): a length of time wants the window sorted by a date or timestamp, ascending", value: text,
          hint: "window { sort = \"date\", … }, or a number of rows", range: argument.range)
      }
      self = .time(try TimeDistance.length(.text(text), option: name, scale: first.type))
      return
    }
    guard let given = argument.constantInteger, given >= 1 else {
      throw ReadoutError(
        .request, "\(name): a window has 1 row or more", value: argument.constant.map { Expression.text(of: $0) },
        hint: "\(name)(x, 3), or \(name)(x, '28 days')", range: argument.range)
    }
    self = .rows(Int(clamping: given))
  }

  /// For each row, in the order of the window, the rows that its window holds; none for a row without a time.
  func ranges(of rows: WindowRows) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(rows.count)
    for partition in rows.partitions {
      switch self {
      case .rows(let count):
        for place in partition {
          ranges.append(Swift.max(partition.lowerBound, place - Swift.min(place, count - 1))..<place + 1)
        }
      case .time(let length):
        let sorted = rows.partitioned.sorted[0]
        let times = sorted.integers
        var (first, end) = (partition.lowerBound, partition.lowerBound)
        for place in partition {
          guard !sorted.isNull(place) else {
            ranges.append(place..<place)
            continue
          }
          // Both ends only move on: times ascend, and nulls come last.
          while times[first] <= times[place].subtractingClamped(length), first < place { first += 1 }
          while end < partition.upperBound, !sorted.isNull(end), times[end] <= times[place] { end += 1 }
          ranges.append(first..<end)
        }
      }
    }
    return ranges
  }
}

extension [Range<Int>] {
  /// The most rows of any.
  fileprivate var longest: Int {
    var longest = 0
    for range in self { longest = Swift.max(longest, range.count) }
    return longest
  }
}

/// Sums over ranges of numbers, nulls left out: term by term where a range is short, else over a binary tree of sums, whose
/// error grows with the logarithm of the range, and in which nothing is ever taken away.
private struct WindowSums {
  private static let short = 32

  /// Level 0 are the numbers themselves, 0 for null; an element of level k + 1 is the sum of two of level k. Only the first
  /// where no range is long.
  private let levels: [Vector<Double>]
  /// How many values there are before each row; empty where there are no nulls.
  private let counts: Vector<UInt32>

  /// - Parameter longest: The rows of the longest range that will be asked for.
  init(_ values: Values, longest: Int) {
    let hasNulls = values.nullCount > 0
    let present = hasNulls ? values.presentRows.bytes() : Vector()
    var level = hasNulls ? values.numbers.zip(present) { $1 == 0 ? 0 : $0 } : values.numbers
    var levels = [level]
    while longest > Self.short, level.count > 1 {
      let below = level
      level = Vector(count: (below.count + 1) / 2) { place in
        2 * place + 1 < below.count ? below[2 * place] + below[2 * place + 1] : below[2 * place]
      }
      levels.append(level)
    }
    self.levels = levels
    var counts = MutableVector<UInt32>(capacity: hasNulls ? values.count + 1 : 0)
    if hasNulls {
      var count: UInt32 = 0
      counts.append(count)
      for bit in present {
        count &+= UInt32(bit)
        counts.append(count)
      }
    }
    self.counts = counts.freeze()
  }

  func count(in range: Range<Int>) -> Int {
    counts.isEmpty ? range.count : Int(counts[range.upperBound]) - Int(counts[range.lowerBound])
  }

  func sum(in range: Range<Int>) -> Double {
    if range.count <= Self.short {
      let numbers = levels[0]
      var sum = 0.0
      for place in range { sum += numbers[place] }
      return sum
    }
    var (low, high) = (range.lowerBound, range.upperBound)
    var (left, right) = (0.0, 0.0)
    var level = 0
    while low < high {
      if low & 1 == 1 {
        left += levels[level][low]
        low += 1
      }
      if high & 1 == 1 {
        high -= 1
        right = levels[level][high] + right
      }
      low >>= 1
      high >>= 1
      level += 1
    }
    return left + right
  }
}
