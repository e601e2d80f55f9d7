import ReadoutVectors

/// How a function runs over a stored column: it is told the rows, instead of being given the strings gathered from them.
///
/// Asked where the function's first argument is a column as it is stored and the others are constants. What it gives must
/// be what the ordinary body gives, nulls included; it may know the answer from an index that is kept with the column.
public protocol ColumnKernel: Sendable {
  /// Called before the rows of each stage that calls the function over `column`, on one thread: the time to build what the
  /// rows share.
  func prepare(_ column: Column, options: ExecutionOptions) throws(ReadoutError)

  /// The values for the rows `range` of a chunk, or of those only the `rows` (counted from the start of `range`); nil where
  /// the ordinary body must run. A range is that of a `Batch`.
  func values(
    of column: Column, chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, worker: Worker
  ) throws(ReadoutError) -> Values?

  /// Between which integers all values of a chunk's rows lie that are not null, where that is known without looking at the
  /// rows: lets a filter skip the chunk.
  func bounds(in column: Column, chunk: Int) -> ClosedRange<Int64>?
}

extension BoundExpression {
  /// The kernel over a stored column, and the column's number, where the expression is such a call.
  var columnCall: (kernel: any ColumnKernel, column: Int)? {
    guard case .call(_, let kernel, let arguments) = node, let columnKernel = kernel.columnKernel,
      case .column(let index)? = arguments.first?.node
    else { return nil }
    return (columnKernel, index)
  }
}

extension Stage {
  /// Lets the kernels over stored columns build what they share, before any row is touched.
  func prepareColumns(of input: Table, options: ExecutionOptions) throws(ReadoutError) {
    var expressions = filters.map(\.expression)
    switch output {
    case .columns(let items, _): expressions += items.map(\.expression)
    case .groups(let keys, let aggregates, _):
      expressions += keys.map(\.expression) + aggregates.flatMap(\.arguments)
    case .sort(let items, _): expressions += items.map(\.expression)
    case .table: break
    }
    var calls: [(kernel: any ColumnKernel, column: Int)] = []
    for expression in expressions {
      expression.forEach { part in
        if let call = part.columnCall { calls.append(call) }
      }
    }
    for call in calls { try call.kernel.prepare(input.columns[call.column], options: options) }
  }
}
