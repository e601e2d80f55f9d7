import ReadoutEngine
import ReadoutVectors

/// The text of a block of rows, column by column: cell (column, row) ends at `ends[column * rows + row]` and begins where
/// the one before it ends.
///
/// Formatting a column at a time keeps the choice of type out of the loop over rows; `RowWriter` then puts the rows
/// together.
struct CellBlock: ~Copyable {
  private(set) var bytes = ReportBytes(capacity: 1 << 16)
  private(set) var ends = MutableVector<Int>(capacity: 1 << 12)

  mutating func removeAll() {
    bytes.removeAll()
    ends.removeAll()
  }

  /// Appends the cells of one of `rows` rows to `out`, each behind its lead.
  borrowing func copyRow(_ row: Int, of rows: Int, leads: StringVector, to out: inout ReportBytes) {
    for column in 0..<leads.count {
      leads.withBytes(column) { out.append(contentsOf: $0) }
      let cell = column &* rows &+ row
      let start = cell == 0 ? 0 : ends[cell &- 1]
      out.append(contentsOf: bytes.span.extracting(start..<ends[cell]))
    }
  }

  /// Ends the block: its bytes alone.
  consuming func takeBytes() -> Vector<UInt8> { bytes.freezeCompact() }

  /// Adds a column. `encoded` has the text of each code where the values are coded and it is known.
  mutating func append<Syntax: CellSyntax>(_ values: Values, syntax: Syntax, encoded: StringVector?) {
    if case .coded(let codes, _) = values.payload, let encoded {
      return each(values, syntax) { row, out in encoded.withBytes(Int(codes[row])) { out.append(contentsOf: $0) } }
    }
    switch values.type {
    case .integer:
      let integers = values.integers
      each(values, syntax) { row, out in out.append(decimal: integers[row]) }
    case .number:
      let numbers = values.numbers
      each(values, syntax) { row, out in
        let number = numbers[row]
        if number.isFinite { out.append(number: number) } else { syntax.append(nonFinite: number, to: &out) }
      }
    case .boolean:
      let booleans = values.booleans
      each(values, syntax) { row, out in out.append(ascii: booleans[row] != 0 ? "true" : "false") }
    case .date, .timestamp:
      let integers = values.integers
      let isDate = values.type == .date
      let quote = syntax.timeQuote
      each(values, syntax) { row, out in
        if let quote { out.append(quote) }
        if isDate { out.append(day: integers[row]) } else { out.append(moment: integers[row]) }
        if let quote { out.append(quote) }
      }
    case .string, .text:
      let strings = values.strings
      each(values, syntax) { row, out in strings.withBytes(row) { syntax.append(string: $0, to: &out) } }
    case .list:
      let lists = values.lists
      each(values, syntax) { row, out in
        let codes = lists.items[Int(lists.starts[row])..<Int(lists.ends[row])]
        syntax.append(list: ListItems(strings: lists.dictionary.strings, codes: codes), to: &out)
      }
    }
  }

  /// Ends a cell for each row, `body` having written those that are not null.
  @inline(__always)
  private mutating func each(
    _ values: Values, _ syntax: some CellSyntax, _ body: (_ row: Int, _ out: inout ReportBytes) -> Void
  ) {
    let validity = values.nullCount == 0 ? nil : values.presence
    for row in 0..<values.count {
      if let validity, !validity[row] { syntax.appendNull(to: &bytes) } else { body(row, &bytes) }
      ends.append(bytes.count)
    }
  }
}

extension Values {
  /// The validity, also where every row is null.
  var presence: Bitmap { validity ?? Bitmap(repeating: false, count: count) }
}
