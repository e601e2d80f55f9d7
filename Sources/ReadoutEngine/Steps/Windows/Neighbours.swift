import ReadoutVectors

/// `lag lead change`: a row beside one that stands some rows before or behind it in its partition.
enum Neighbours {
  static let lag = BuiltInWindow(
    "lag", parameters(.any), result: "the type of x",
    "Gives x of the row n rows before (1 where n is left out); null where the partition has none."
  ) { (arguments, _) throws(ReadoutError) in try neighbour(arguments, direction: -1) }

  static let lead = BuiltInWindow(
    "lead", parameters(.any), result: "the type of x",
    "Gives x of the row n rows behind (1 where n is left out); null where the partition has none."
  ) { (arguments, _) throws(ReadoutError) in try neighbour(arguments, direction: 1) }

  static let change = BuiltInWindow(
    "change", parameters(.numbers), result: "the type of x",
    "Gives x less x of the row n rows before (1 where n is left out); null where either is null."
  ) { (arguments, _) throws(ReadoutError) in
    let before = try neighbour(arguments, direction: -1)
    let type = arguments[0].type
    return WindowKernel(type: type) { (values, rows) throws(ReadoutError) in
      let past = try before.body(values, rows)
      let validity = Bitmap.both(
        values[0].nullCount > 0 ? values[0].presentRows : nil, past.nullCount > 0 ? past.presentRows : nil)
      if type == .integer {
        return Values(integers: values[0].integers.zip(past.integers) { $0 &- $1 }, validity: validity)
      }
      return Values(numbers: values[0].numbers.zip(past.numbers) { $0 - $1 }, validity: validity)
    }
  }

  private static func parameters(_ types: [DataType]) -> [Parameter] {
    [Parameter("x", types), Parameter("n", [.integer], .optional, constant: true)]
  }

  private static func neighbour(_ arguments: [Argument], direction: Int) throws(ReadoutError) -> WindowKernel {
    let given = arguments.count > 1 ? arguments[1].constantInteger ?? -1 : 1
    guard given >= 0, let distance = Int(exactly: given), distance <= 1 << 40 else {
      throw ReadoutError(
        .request, "a distance of rows counts from 0", value: "\(given)", hint: "lag(x, 1) is the row before")
    }
    let type = arguments[0].type
    return WindowKernel(type: type) { values, rows in
      var places = MutableVector<UInt32>(capacity: rows.count)
      for partition in rows.partitions {
        for place in partition {
          let other = place + direction * distance
          places.append(partition.contains(other) ? UInt32(truncatingIfNeeded: other) : KeyedRows.none)
        }
      }
      return values[0].gather(partners: PartnerRows(places.freeze()))
    }
  }
}

extension Values {
  /// The values of `rows`, null for none.
  func gather(partners rows: PartnerRows) -> Values {
    if count == 0 { return Values(type: type, payload: .null, count: rows.count) }
    let found = gather(rows.rows)
    guard let present = rows.present else { return found }
    if case .null = found.payload { return found }
    return Values(
      type: type, payload: found.spread, validity: Bitmap.both(found.validity, present), count: rows.count)
  }
}
