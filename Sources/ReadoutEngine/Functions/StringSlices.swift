import ReadoutVectors

/// Rows cut where their strings are long: what takes a batch takes megabytes at a time then, and looks at the clock in between.
enum StringSlices {
  /// Runs of rows with about `bytes` bytes of these strings.
  static func of(_ strings: [StringVector], count: Int, bytes most: Int) -> [Range<Int>] {
    if strings.reduce(0, { $0 + $1.textByteCount }) <= most { return count > 0 ? [0..<count] : [] }
    var slices: [Range<Int>] = []
    var (start, bytes) = (0, 0)
    for row in 0..<count {
      for own in strings { bytes += own.length(row) }
      if bytes >= most {
        slices.append(start..<row + 1)
        (start, bytes) = (row + 1, 0)
      }
    }
    if start < count { slices.append(start..<count) }
    return slices
  }

  /// The same for values, of which only strings in long blocks of their own count; none where there are none.
  static func of(values: [Values], count: Int, bytes most: Int) -> [Range<Int>] {
    var strings: [StringVector] = []
    for case .strings(let own) in values.map(\.payload) where own.bytes.count > most { strings.append(own) }
    return strings.isEmpty ? [] : of(strings, count: count, bytes: most)
  }

  /// What `body` gives for rows: for all at once, or, where their strings are long, for one run of them after another, with a look at
  /// the clock and the memory in between.
  static func call(
    _ body: ScalarKernel.Body, _ arguments: [Values], _ rows: Evaluation, type: DataType, bytes most: Int
  ) throws(ReadoutError) -> Values {
    guard let control = rows.worker.control else { return try body(arguments, rows) }
    let slices = of(values: arguments, count: rows.count, bytes: most)
    guard slices.count > 1 else { return try body(arguments, rows) }
    var parts: [Values] = []
    for slice in slices {
      try control.checkpoint()
      parts.append(try body(arguments.map { $0[slice] }, rows[slice]))
    }
    return try Values.concatenating(parts, type: type)
  }
}

extension ScalarKernel {
  /// Bytes of strings that most kernels read, or write, without a look at the clock.
  static let usualBytesBetweenLooks = 4 << 20

  /// Calls the body; where strings are long, for some rows after others.
  func callBody(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values {
    try StringSlices.call(body, arguments, rows, type: type, bytes: bytesBetweenLooks)
  }
}

extension Evaluation {
  /// Of some of the rows.
  subscript(range: Range<Int>) -> Evaluation {
    Evaluation(
      worker: worker, count: range.count, validity: validity?[range],
      firstRow: selection == nil ? firstRow + range.lowerBound : firstRow, selection: selection?[range])
  }
}
