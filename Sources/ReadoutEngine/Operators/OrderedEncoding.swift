import ReadoutVectors

/// Values as small numbers in their order: equal values have equal codes, a smaller value a smaller code, null the last one.
struct OrderedEncoding: Sendable {
  /// A code for each row; `distinct.count` for null.
  let codes: Vector<UInt32>
  /// The distinct values, ascending.
  let distinct: Values

  /// O(rows + distinct), and the bytes up to where distinct strings differ.
  ///
  /// - Throws: where distinct lists pass the 4 GiB of one dictionary, or the time is over.
  init(_ values: Values, control: ExecutionControl? = nil) throws(ReadoutError) {
    var encoder = ValueEncoder(type: values.type)
    let keys = try encoder.keys(of: values, recoding: { _ in })
    var interner = KeyInterner(expecting: 1024)
    var numbers = MutableVector<UInt32>(capacity: values.count)
    for row in 0..<values.count { numbers.append(values.isNull(row) ? .max : interner.intern(keys[row])) }
    let distinctKeys = interner.freeze()
    let order = try encoder.order(of: distinctKeys, control: control)
    var ranks = MutableVector<UInt32>(repeating: 0, count: distinctKeys.count)
    for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(rank) }
    let rankOf = ranks.freeze()
    let null = UInt32(distinctKeys.count)
    codes = numbers.freeze().map { $0 == .max ? null : rankOf[Int($0)] }
    let ordered = distinctKeys.gather(order)
    distinct =
      values.type.isString
      ? Values(strings: encoder.strings.gather(ordered), type: values.type)
      : Values(ordered.map { encoder.scalar($0) }, type: values.type)
  }
}
