import ReadoutVectors

/// Adds or replaces columns that look at a row's neighbours: `window { by = "country", sort = "month", derive = "change = n -
/// lag(n)" }`.
///
/// Window functions and aggregates (over the whole partition) may stand anywhere in the expressions, beside every scalar
/// function; a later item sees the earlier ones. The rows stay in their order.
public struct Window: TableStep {
  let by: OptionText<[ListItem]>?
  let sort: OptionText<[Query.SortItem]>?
  let derive: OptionText<[ListItem]>

  public var name: String { "window" }
  public var carriesColumns: Bool { true }

  /// - Parameters:
  ///   - by: The partitions; all rows are one where it is nil. A null is a partition of its own.
  ///   - sort: The order of each partition; that of the table where it is nil.
  public init(by: OptionText<[ListItem]>?, sort: OptionText<[Query.SortItem]>?, derive: OptionText<[ListItem]>) {
    self.by = by
    self.sort = sort
    self.derive = derive
  }

  public var expressions: [Expression] {
    (by?.content.map(\.expression) ?? []) + (sort?.content.map(\.expression) ?? []) + derive.content.map(\.expression)
  }

  public func bind(
    _ fields: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    let scope = Scope(fields: fields)
    var keys: [BoundExpression] = []
    try by?.placing { (items) throws(ReadoutError) in
      for item in items { keys.append(try Binder(functions: functions, scope: scope).bind(item.expression)) }
    }
    var order: [(expression: BoundExpression, isDescending: Bool)] = []
    try sort?.placing { (items) throws(ReadoutError) in
      for item in items {
        let bound = try Binder(functions: functions, scope: scope).bind(item.expression)
        guard bound.type != .list else {
          throw ReadoutError(.request, "lists have no order", value: "\(item.expression)", range: item.expression.range)
        }
        order.append((bound, item.isDescending))
      }
    }
    let kinds = order.map { WindowSort(type: $0.expression.type, isDescending: $0.isDescending) }
    var binder = WindowBinder(fields: fields, sort: kinds, functions: functions)
    try derive.placing { (items) throws(ReadoutError) in
      for item in items { try binder.derive(item) }
    }
    return BoundWindow(
      step: self, keys: keys, order: order, operations: binder.operations, fields: binder.visibleFields)
  }
}

private struct BoundWindow: BoundTableStep {
  let step: Window
  let keys: [BoundExpression]
  let order: [(expression: BoundExpression, isDescending: Bool)]
  let operations: [WindowOperation]
  private let visible: [Table.Field]

  var fields: [Table.Field]? { visible }

  init(
    step: Window, keys: [BoundExpression], order: [(expression: BoundExpression, isDescending: Bool)],
    operations: [WindowOperation], fields: [Table.Field]
  ) {
    self.step = step
    self.keys = keys
    self.order = order
    self.operations = operations
    visible = fields
  }

  var explanation: [String] {
    let by = step.by.map { " by \($0.text)" } ?? ""
    let sort = step.sort.map { ", sorted by \($0.text)" } ?? ""
    return ["window\(by)\(sort)"]
      + operations.map { operation in
        switch operation {
        case .window(let call): "  over the partition: \(call.text)"
        case .derive(let name, _): "  derive \(name)"
        }
      }
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let values = try input.evaluating(keys + order.map(\.expression), options)
    let sort = zip(values.dropFirst(keys.count), order).map { ($0, $1.isDescending) }
    let rows = try PartitionedRows(
      by: Array(values.prefix(keys.count)), sort: sort, count: input.rowCount, options)
    let places = rows.places
    var table = input
    for operation in operations {
      try options.control.checkpoint()
      switch operation {
      case .window(let call):
        let values = try call.values(try table.evaluating(call.arguments, options), rows, options)
        table = table.replacing(call.column, with: values.gather(places))
      case .derive(let name, let expression):
        table = table.replacing(name, with: try table.evaluating([expression], options)[0])
      }
    }
    let columns = visible.map { table.columns[table.index(of: $0.name)!] }
    return Table(fields: visible, columns: columns, rowCount: input.rowCount)
  }
}
