import ReadoutVectors

/// A condition that is decided on encoded chunks, without decoding them: a column compared with a constant, a look-up by
/// dictionary code, a test for null, and these joined by `and` and `or`.
indirect enum EncodedFilter: Sendable {
  /// An integer-backed column inside of the range, or outside of it where `isNegated`; no range holds nothing.
  case integers(column: Int, ClosedRange<Int64>?, isNegated: Bool)
  case numbers(column: Int, NumberOrder, Double)
  /// A dictionary column: the codes that pass, and whether null does.
  case codes(column: Int, CodeSet)
  case isNull(column: Int, isNegated: Bool)
  case both(EncodedFilter, EncodedFilter)
  case either(EncodedFilter, EncodedFilter)

  /// Codes that pass a filter.
  struct CodeSet: Sendable {
    /// 1 or 0 for each code; a last element for null.
    let accepted: Vector<UInt8>
    /// Set where the codes that pass follow each other without a gap; nil where they do not.
    let range: ClosedRange<UInt32>?
    var acceptsNull: Bool { accepted[accepted.count - 1] != 0 }

    init(accepted: Vector<UInt8>) {
      self.accepted = accepted
      let codes = accepted[0..<accepted.count - 1].selected()
      if let first = codes.first, codes[codes.count - 1] - first == UInt32(codes.count - 1) {
        range = first...codes[codes.count - 1]
      } else {
        range = nil
      }
    }
  }
}

// MARK: Making

extension EncodedFilter {
  /// Nil where the condition needs values.
  init?(_ expression: BoundExpression, input: Table, lookups: LookupTables, worker: Worker) throws(ReadoutError) {
    switch expression.node {
    case .and(let a, let b), .or(let a, let b):
      guard expression.isSmall else { return nil }
      if expression.columns.count > 1 || input.columns[expression.columns.first ?? 0].dictionary == nil {
        guard let left = try EncodedFilter(a, input: input, lookups: lookups, worker: worker),
          let right = try EncodedFilter(b, input: input, lookups: lookups, worker: worker)
        else { return nil }
        if case .and = expression.node { self = .both(left, right) } else { self = .either(left, right) }
        return
      }
    case .isNull(let operand, let isNegated):
      if case .column(let index) = operand.node {
        self = .isNull(column: index, isNegated: isNegated)
        return
      }
    case .call(let token, _, let arguments) where arguments.count == 2:
      if let order = Comparison.Order(rawValue: token), let filter = Self.comparison(order, arguments, input) {
        self = filter
        return
      }
    default: break
    }
    guard expression.type == .boolean, expression.columns.count == 1, let column = expression.columns.first,
      input.columns[column].dictionary != nil, input.columns[column].type.isString,
      let lookup = try lookups.table(for: expression, worker: worker)
    else { return nil }
    self = .codes(column: column, CodeSet(accepted: lookup.values.trueBytes))
  }

  /// A numeric or time column compared with a constant of its kind.
  private static func comparison(
    _ order: Comparison.Order, _ operands: [BoundExpression], _ input: Table
  ) -> EncodedFilter? {
    if case .column(let index) = operands[0].node, let constant = operands[1].constant {
      return comparison(order, column: index, input.columns[index].type, constant)
    }
    if case .column(let index) = operands[1].node, let constant = operands[0].constant {
      return comparison(order.swapped, column: index, input.columns[index].type, constant)
    }
    return nil
  }

  private static func comparison(
    _ order: Comparison.Order, column: Int, _ type: DataType, _ constant: Scalar
  ) -> EncodedFilter? {
    switch (type, constant) {
    case (.integer, .integer(let value)), (.date, .date(let value)), (.timestamp, .timestamp(let value)):
      let range: ClosedRange<Int64>? =
        switch order {
        case .equal, .notEqual: value...value
        case .less: value == .min ? nil : .min...value - 1
        case .lessOrEqual: .min...value
        case .greater: value == .max ? nil : value + 1 ... .max
        case .greaterOrEqual: value ... .max
        }
      return .integers(column: column, range, isNegated: order == .notEqual)
    case (.number, .number(let value)): return .numbers(column: column, order.ofNumbers, value)
    case (.number, .integer(let value)):
      // Beyond 2^53 an integer is not its double.
      return Int64(exactly: Double(value)) == value && value.magnitude <= 1 << 53
        ? .numbers(column: column, order.ofNumbers, Double(value)) : nil
    default: return nil
    }
  }

  /// Bytes of a row that deciding it reads, about: where several filters follow each other, the least goes first.
  func bytesPerRow(of table: Table) -> Int {
    switch self {
    case .integers(let column, _, _), .numbers(let column, _, _), .codes(let column, _):
      table.rowCount == 0 ? 0 : table.columns[column].chunks.reduce(0) { $0 + $1.byteCount } / table.rowCount
    case .isNull: 0
    case .both(let a, let b), .either(let a, let b): a.bytesPerRow(of: table) + b.bytesPerRow(of: table)
    }
  }
}

extension Comparison.Order {
  var ofNumbers: NumberOrder {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}
