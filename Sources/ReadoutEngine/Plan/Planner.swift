/// Turns a query's steps into stages, binding every expression on the way.
///
/// Row-wise steps (where, derive, select) gather in one stage, since a derived column is only an expression that later steps
/// put in place of its name; measure, sort and limit end a stage.
struct Planner {
  private let functions: FunctionRegistry
  private var stages: [Stage] = []
  private var scope: Scope
  private var filters: [Stage.Filter] = []
  private var keys: [(name: String, expression: BoundExpression)]?
  private var keysPlace = ReadoutError.Place()
  /// The last derive or select since the stage began.
  private var rowsPlace = ReadoutError.Place()
  /// Whether the scope differs from the input's columns.
  private var isScopeChanged = false
  /// Whether the last stage's columns depend on its rows.
  private var areFieldsUnknown = false

  /// Stages, and the steps behind them that can only be planned when the last stage has run.
  struct Plan {
    var stages: [Stage]
    var rest: ArraySlice<Query.Step>
  }

  static func plan(
    _ steps: ArraySlice<Query.Step>, over fields: [Table.Field], functions: FunctionRegistry,
    control: ExecutionControl? = nil
  ) throws(ReadoutError) -> Plan {
    var planner = Planner(functions: functions, scope: Scope(fields: fields))
    for (index, step) in zip(steps.indices, steps) {
      try control?.checkpoint()
      do throws(ReadoutError) { try planner.take(step.verb, step) } catch { throw error.located(in: step) }
      if case .by = step.verb, !isMeasured(steps[(index + 1)...]) { planner.finishKeys() }
      if planner.areFieldsUnknown { return Plan(stages: planner.stages, rest: steps[(index + 1)...]) }
    }
    planner.finish()
    return Plan(stages: planner.stages, rest: [])
  }

  /// Whether a `by` before these steps is for a measure; else the keys are the answer, and later steps see them alone.
  private static func isMeasured(_ steps: ArraySlice<Query.Step>) -> Bool {
    for step in steps {
      switch step.verb {
      case .filter, .derive: continue
      case .measure, .by: return true
      case .select, .sort, .limit, .table: return false
      }
    }
    return false
  }

  private init(functions: FunctionRegistry, scope: Scope) {
    self.functions = functions
    self.scope = scope
  }

  private mutating func take(_ verb: Query.Step.Verb, _ step: Query.Step) throws(ReadoutError) {
    switch verb {
    case .filter(let expression): try filter(expression, step)
    case .derive(let items):
      for item in items {
        scope[try ItemName.of(item)] = try bind([item])[0]
        isScopeChanged = true
        rowsPlace = step.place
      }
    case .select(let items):
      let names = try ItemName.all(items)
      var selected = Scope()
      for (name, expression) in zip(names, try bind(items)) { selected[name] = expression }
      scope = selected
      isScopeChanged = true
      rowsPlace = step.place
    case .by(let items):
      if keys != nil {
        throw ReadoutError(.request, "by follows by", hint: "put all keys in one by, or measure between them")
      }
      let names = try ItemName.all(items)
      var bound: [(name: String, expression: BoundExpression)] = []
      for (name, item) in zip(names, items) {
        bound.append((name, try Binder(functions: functions, scope: scope).bind(item.expression)))
      }
      keys = bound
      keysPlace = step.place
    case .measure(let items): try measure(items, step)
    case .sort(let items): try sort(items, step)
    case .limit(let count, let skip): try limit(count, skip)
    case .table(let whole):
      finishRows()
      let bound = try whole.bind(scope.fields, functions: functions)
      areFieldsUnknown = bound.fields == nil
      append(Stage(output: .table(bound), fields: bound.fields ?? [], place: step.place, step: whole))
    }
  }

  private mutating func filter(_ expression: Expression, _ step: Query.Step) throws(ReadoutError) {
    let bound = try Binder(functions: functions, scope: scope).bind(expression)
    guard bound.type == .boolean else {
      throw ReadoutError(
        .request, "where wants a condition, not \(bound.type.withArticle)", value: expression.description,
        hint: "compare it, such as \(expression) ~= nil", range: expression.range)
    }
    keep(bound, expression, step)
  }

  /// Both sides of an `and` are filters of their own: the later one sees only what the earlier one left.
  private mutating func keep(_ bound: BoundExpression, _ expression: Expression, _ step: Query.Step) {
    if case .and(let a, let b) = bound.node, a.type == .boolean,
      case .binary(.and, let left, let right) = expression.node
    {
      keep(a, left, step)
      keep(b, right, step)
    } else {
      filters.append(Stage.Filter(text: expression.description, expression: bound, place: step.place))
    }
  }

  // MARK: Ends of a stage

  private mutating func append(_ stage: Stage) {
    stages.append(stage)
    scope = Scope(fields: stage.fields)
    filters = []
    isScopeChanged = false
  }

  /// Columns may be derived from derived ones so many times before they are computed: evaluating them takes the stack.
  private static let deepest = 100

  /// Binds items of a row-wise step. Where they stand on too many derived columns those are computed first, in a stage of their own.
  private mutating func bind(_ items: [ListItem]) throws(ReadoutError) -> [BoundExpression] {
    let bound = try bound(items)
    guard bound.contains(where: { $0.depth > Self.deepest }), isScopeChanged else { return bound }
    guard keys == nil else {
      throw ReadoutError(
        .request, "more than \(Self.deepest) columns derived from one another behind by",
        hint: "derive before by")
    }
    finishRows()
    return try self.bound(items)
  }

  private func bound(_ items: [ListItem]) throws(ReadoutError) -> [BoundExpression] {
    var bound: [BoundExpression] = []
    for item in items { bound.append(try Binder(functions: functions, scope: scope).bind(item.expression)) }
    return bound
  }

  /// Ends a row-wise stage where there is anything to do.
  private mutating func finishRows(limit: (count: Int, skip: Int)? = nil) {
    if filters.isEmpty, !isScopeChanged, limit == nil { return }
    append(
      Stage(filters: filters, output: .columns(scope.items, limit: limit), fields: scope.fields, place: rowsPlace))
    rowsPlace = .init()
  }

  /// `by` without `measure`: the distinct keys.
  private mutating func finishKeys() {
    guard let keys else { return }
    self.keys = nil
    let fields = keys.map { Table.Field($0.name, $0.expression.type) }
    let results = keys.indices.map { (keys[$0].name, BoundExpression(.column($0), type: keys[$0].expression.type)) }
    append(
      Stage(
        filters: filters, output: .groups(keys: keys, aggregates: [], results: results), fields: fields,
        place: keysPlace))
  }

  private mutating func finish() { finishRows() }

  private mutating func measure(_ items: [ListItem], _ step: Query.Step) throws(ReadoutError) {
    let keys = self.keys ?? []
    self.keys = nil
    let names = try ItemName.all(items)
    let collector = AggregateCollector(functions: functions, rows: scope, keyCount: keys.count)
    var groups = Scope()
    for (index, key) in keys.enumerated() {
      groups[key.name] = BoundExpression(.column(index), type: key.expression.type)
    }
    for (name, item) in zip(names, items) {
      if keys.contains(where: { $0.name == name }) {
        throw ReadoutError(
          .request, "a measure has the name of a key", value: name,
          hint: "name it otherwise: \(Expression.text(ofKey: "other_" + name)) = \(item.expression)",
          range: item.expression.range)
      }
      let binder = collector.binder(groups) {
        "a group has many values of \($0): put it into an aggregate, "
          + "such as first(\(Expression.text(ofColumn: $0))), or into by"
      }
      let bound = try binder.bind(item.expression)
      guard bound.depth <= 2 * Self.deepest else {
        throw ReadoutError(
          .request, "results that build on one another, more than \(2 * Self.deepest) operations deep", value: name,
          hint: "derive the later ones behind the measure", range: item.expression.range)
      }
      groups[name] = bound
    }
    append(
      Stage(
        filters: filters,
        output: .groups(keys: keys, aggregates: collector.aggregates, results: groups.items), fields: groups.fields,
        place: step.place))
  }

  private mutating func sort(_ items: [Query.SortItem], _ step: Query.Step) throws(ReadoutError) {
    finishRows()
    var bound: [(expression: BoundExpression, isDescending: Bool)] = []
    for item in items {
      let expression = try Binder(functions: functions, scope: scope).bind(item.expression)
      guard expression.type != .list else {
        throw ReadoutError(
          .request, "lists have no order", value: item.expression.description, range: item.expression.range)
      }
      bound.append((expression, item.isDescending))
    }
    append(Stage(output: .sort(bound, limit: nil), fields: scope.fields, place: step.place))
  }

  private mutating func limit(_ count: Int, _ skip: Int) throws(ReadoutError) {
    guard count >= 0, skip >= 0 else {
      throw ReadoutError(
        .request, "limit wants counts from 0 on", value: "\(min(count, skip))",
        hint: "limit(10), or limit(10, 20) to skip 20 rows")
    }
    // A sort that is cut need not order what is cut off.
    if filters.isEmpty, !isScopeChanged, let last = stages.last, case .sort(let items, let known) = last.output {
      let (wanted, overflow) = count.addingReportingOverflow(skip)
      if !overflow { stages[stages.count - 1].output = .sort(items, limit: min(wanted, known ?? .max)) }
    }
    finishRows(limit: (count, skip))
  }
}

extension ReadoutError {
  /// The error with the step's place, the range turned into line and column of the step's text.
  func located(in step: Query.Step) -> ReadoutError {
    var error = self
    if error.place.file == nil {
      error.place.file = step.place.file
      error.place.line = step.place.line
      error.place.column = step.place.column
    }
    error.place.step = error.place.step ?? step.place.step
    if error.place.detail == nil, let range = error.range, let text = step.text {
      error.place.detail = ReadoutError.position(ofByte: range.lowerBound, in: text)
    }
    return error
  }

  /// `character 7`, or `line 2, character 7` where the text has several lines; characters are code points.
  public static func position(ofByte offset: Int, in text: String) -> String {
    let before = text.utf8.prefix(max(0, offset))
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lastLine = before.suffix { $0 != 0x0A }
    let character = lastLine.reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    return text.utf8.contains(0x0A) ? "line \(line), character \(character)" : "character \(character)"
  }
}

extension Collection where Element == UInt8 {
  /// The longest end of which every byte meets the condition.
  fileprivate func suffix(_ condition: (UInt8) -> Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in self { if condition(byte) { bytes.append(byte) } else { bytes.removeAll() } }
    return bytes
  }
}
