/// An aggregate of a measure with its arguments, which are computed from the rows.
struct BoundAggregate: Sendable {
  /// As the user wrote it, for `explain`.
  let text: String
  let kernel: AggregateKernel
  let arguments: [BoundExpression]

  /// Whether it is `count()`.
  var isRowCount: Bool { arguments.isEmpty && kernel.countsRows }
}
