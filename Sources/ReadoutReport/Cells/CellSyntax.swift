import ReadoutVectors

/// How one format writes a value. Integers, booleans, dates and finite numbers look the same in all of them.
protocol CellSyntax: Sendable {
  func appendNull(to out: inout ReportBytes)
  func append(string: Span<UInt8>, to out: inout ReportBytes)
  /// NaN or an infinity.
  func append(nonFinite value: Double, to out: inout ReportBytes)
  /// A byte before and after a date or timestamp, where the format wants one.
  var timeQuote: UInt8? { get }
  /// The items' own text; called in order, between `listStart` and `listEnd`.
  func append(list items: borrowing ListItems, to out: inout ReportBytes)
}

/// The items of one list: views into the column's dictionary.
struct ListItems: ~Copyable {
  let strings: StringVector
  let codes: Vector<UInt32>

  var count: Int { codes.count }
  func withBytes(_ index: Int, _ body: (Span<UInt8>) -> Void) { strings.withBytes(Int(codes[index]), body) }
}
