import ReadoutVectors

/// One thing that `window` does to the table, which grows a column each time.
enum WindowOperation: Sendable {
  case window(WindowCall)
  case derive(String, BoundExpression)
}

/// A bound call of a window function, or of an aggregate over the partition.
struct WindowCall: Sendable {
  enum Function: Sendable {
    case window(WindowKernel)
    case aggregate(AggregateKernel)
  }

  /// As the user wrote it.
  let text: String
  /// The hidden column that holds its values.
  let column: String
  let arguments: [BoundExpression]
  let function: Function

  var type: DataType {
    switch function {
    case .window(let kernel): kernel.type
    case .aggregate(let kernel): kernel.type
    }
  }

  /// The value of each row in the order of the window, from arguments in that of the table.
  ///
  /// A window function runs over pieces of the partitions at a time, on the query's threads; an aggregate over all at once.
  func values(
    _ arguments: [Values], _ rows: PartitionedRows, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Values {
    switch function {
    case .window(let kernel):
      let pieces = rows.pieces
      let parts = Gathered<Values>(count: pieces.count)
      try WorkerPool.run(threads: options.threads, pieces: pieces.count) { _, index throws(ReadoutError) in
        try options.control.checkpoint()
        let piece = pieces[index]
        parts[index] = try kernel.body(
          arguments.map { $0.gather(piece.order) }, WindowRows(partitioned: piece))
      }
      return try Values.concatenating(parts.all, type: kernel.type)
    case .aggregate(let kernel):
      let count = rows.partitions.count
      var groups = MutableVector<UInt32>(capacity: rows.order.count)
      for partition in rows.partitions {
        groups.append(repeating: UInt32(truncatingIfNeeded: partition), count: rows.range(of: partition).count)
      }
      let numbers = groups.freeze()
      let worker = Worker(index: 0, options)
      let accumulator = try kernel.makeAccumulator(worker)
      try accumulator.resize(to: count)
      try accumulator.update(
        arguments.map { $0.gather(rows.order) }, groups: numbers,
        rows: Evaluation(worker: worker, count: rows.order.count, selection: rows.order))
      return try accumulator.finalize(count: count).gather(numbers)
    }
  }
}

/// Takes the items of a window's `derive` apart: each window call becomes a column of its own, and what is left an expression
/// over those and the table's.
struct WindowBinder {
  private(set) var operations: [WindowOperation] = []
  private let sort: [WindowSort]
  private let functions: FunctionRegistry

  init(fields: [Table.Field], sort: [WindowSort], functions: FunctionRegistry) {
    self.sort = sort
    self.functions = functions
    scope = Scope(fields: fields)
  }

  /// The columns in the order in which they stand in the growing table.
  private var scope: Scope
  /// Those that are no window call's.
  var visibleFields: [Table.Field] {
    let hidden = Set(operations.compactMap { if case .window(let call) = $0 { call.column } else { nil } })
    return scope.fields.filter { !hidden.contains($0.name) }
  }

  mutating func derive(_ item: ListItem) throws(ReadoutError) {
    let name = try ItemName.of(item)
    let expression = try extracting(item.expression)
    let bound = try binder.bind(expression)
    operations.append(.derive(name, bound))
    put(name, bound.type)
  }

  private var binder: Binder {
    var binder = Binder(functions: functions, scope: scope)
    binder.candidates = { visibleFields.map(\.name) }
    return binder
  }

  /// Adds a column behind the others, or puts it in the place of the one of its name.
  private mutating func put(_ name: String, _ type: DataType) {
    var place = scope.names.count
    if case .column(let known)? = scope[name]?.node { place = known }
    scope[name] = BoundExpression(.column(place), type: type)
  }

  /// The expression with a hidden column in the place of every window call.
  private mutating func extracting(_ expression: Expression) throws(ReadoutError) -> Expression {
    let range = expression.range
    switch expression.node {
    case .literal, .column: return expression
    case .unary(let op, let operand): return Expression(.unary(op, try extracting(operand)), range: range)
    case .binary(let op, let left, let right):
      return Expression(.binary(op, try extracting(left), try extracting(right)), range: range)
    case .call(let name, let arguments):
      var inner: [Expression] = []
      for argument in arguments { inner.append(try extracting(argument)) }
      let call = Expression(.call(name, inner), range: range)
      if let function = WindowFunctions.byName[name] { return try window(function, call, inner, expression) }
      if case .aggregate(let function) = functions[name] { return try aggregate(function, call, inner, expression) }
      if functions[name] == nil, name != Conditional.name {
        throw ReadoutError(
          .request, "unknown function", value: name,
          hint: Suggestion.hint(
            for: name, among: functions.reachableNames + WindowFunctions.byName.keys.sorted(), kind: "functions"),
          range: range)
      }
      return call
    }
  }

  private mutating func window(
    _ function: any WindowFunction, _ call: Expression, _ arguments: [Expression], _ written: Expression
  ) throws(ReadoutError) -> Expression {
    let signature = function.signature
    try ArgumentCheck.count(arguments.count, signature, range: call.range)
    let (bound, known) = try binder.bindArguments(arguments, of: signature)
    return add(.window(try function.bind(known, sort: sort)), bound, written)
  }

  private mutating func aggregate(
    _ function: any AggregateFunction, _ call: Expression, _ arguments: [Expression], _ written: Expression
  ) throws(ReadoutError) -> Expression {
    let collector = AggregateCollector(functions: functions, rows: scope, keyCount: 0)
    _ = try collector.column(call, function, arguments)
    let aggregate = collector.aggregates[0]
    return add(.aggregate(aggregate.kernel), aggregate.arguments, written)
  }

  private mutating func add(
    _ function: WindowCall.Function, _ arguments: [BoundExpression], _ written: Expression
  ) -> Expression {
    // No column of a user's can have this name: it holds a NUL.
    let column = "\0\(operations.count)"
    let call = WindowCall(text: written.description, column: column, arguments: arguments, function: function)
    operations.append(.window(call))
    put(column, call.type)
    return Expression(.column(column), range: written.range)
  }
}
