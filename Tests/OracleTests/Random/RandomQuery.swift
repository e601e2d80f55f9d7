import ReadoutEngine

/// Makes queries that are right in their types, over the columns of `RandomTable`.
struct RandomQuery {
  var random: SeededGenerator
  /// The columns there are at the step being made.
  private var columns: [String: DataType]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed &+ 0x5EED)
    columns = Dictionary(uniqueKeysWithValues: RandomTable.fields.map { ($0.name, $0.type) })
  }

  mutating func steps() -> [Query.Step.Verb] {
    var steps: [Query.Step.Verb] = []
    if random.chance(2) { steps.append(.filter(condition(depth: 3))) }
    if random.chance(2) { steps.append(derive()) }
    if random.chance(4) { steps.append(.filter(condition(depth: 2))) }
    switch random.below(4) {
    case 0: steps.append(select())
    case 1:
      let keys = keys()
      steps.append(.by(keys.items))
      columns = keys.types
    case 2:
      let keys = keys()
      steps += [.by(keys.items), .measure(measures())]
      columns = keys.types
      if random.chance(3) { steps.append(.filter(condition(depth: 1))) }
    default:
      steps.append(.measure(measures()))
      columns = [:]
    }
    if random.chance(2) { steps.append(sort()) }
    if random.chance(3) { steps.append(.limit(random.pick([0, 1, 5, 1000]), skip: random.pick([0, 0, 3]))) }
    return steps
  }

  // MARK: Steps

  private mutating func derive() -> Query.Step.Verb {
    let type = random.pick([DataType.integer, .number, .boolean, .string])
    let item = ListItem(name: random.pick(["extra", "small"]), expression(type, depth: 3))
    columns[item.name!] = type
    return .derive([item])
  }

  private mutating func select() -> Query.Step.Verb {
    let types = (0..<(1 + random.below(5))).map { _ in
      random.pick([DataType.integer, .number, .boolean, .string, .date, .list, .text, .timestamp])
    }
    let items = types.enumerated().map { ListItem(name: "c\($0)", expression($1, depth: 3)) }
    columns = Dictionary(uniqueKeysWithValues: zip(items.map { $0.name! }, types))
    return .select(items)
  }

  private mutating func keys() -> (items: [ListItem], types: [String: DataType]) {
    let types = (0..<(1 + random.below(3))).map { _ in random.pick([DataType.string, .boolean, .date, .integer]) }
    let items = types.enumerated().map { ListItem(name: "k\($0)", expression($1, depth: 1)) }
    return (items, Dictionary(uniqueKeysWithValues: zip(items.map { $0.name! }, types)))
  }

  private mutating func measures() -> [ListItem] {
    (0..<(1 + random.below(4))).map { ListItem(name: "m\($0)", measure()) }
  }

  private mutating func sort() -> Query.Step.Verb {
    // NaN has no place in the contract's order, so a computed number is no key.
    let sortable = columns.filter { name, type in type != .list && (type != .number || isOriginal(name)) }.keys.sorted()
    if sortable.isEmpty { return .limit(10, skip: 0) }
    return .sort(
      (0..<(1 + random.below(2))).map { _ in
        Query.SortItem(Expression(.column(random.pick(sortable))), descending: random.chance(2))
      })
  }

  // MARK: Expressions

  /// Sums of `wild` depend on their order, so only aggregates that do not add may read it.
  private mutating func measure() -> Expression {
    let exact = call(random.pick(["sum", "mean", "median", "variance", "stddev"]), column(of: ["quarters", "small"]))
    let any = call(
      random.pick(["min", "max", "first", "last", "count"]),
      column(of: ["wild", "wide", "day", "moment", "code", "name"]))
    return switch random.below(9) {
    case 0: call("count")
    case 1: call(random.pick(["sum", "mean"]), column(of: ["flag"]))
    case 2: call("count_if", condition(depth: 2))
    case 3: exact
    case 4, 5: any
    case 6: call("distinct", column(of: ["code", "name", "small", "day"]))
    case 7: Expression(.binary(.divide, call("count_if", condition(depth: 1)), call("count")))
    default:
      call("quantile", column(of: ["quarters", "small"]), .init(.literal(.number(random.pick([0, 0.25, 0.9, 1])))))
    }
  }

  private mutating func condition(depth: Int) -> Expression { expression(.boolean, depth: depth) }

  private mutating func expression(_ type: DataType, depth: Int) -> Expression {
    if depth == 0 || random.chance(4) { return leaf(type) }
    if random.chance(8) {
      return Expression(
        .binary(random.pick([.and, .or]), expression(type, depth: depth - 1), expression(type, depth: depth - 1)))
    }
    if random.chance(10) {
      return call(
        "if_", condition(depth: depth - 1), expression(type, depth: depth - 1), expression(type, depth: depth - 1))
    }
    switch type {
    case .boolean: return booleanExpression(depth: depth - 1)
    case .integer: return integerExpression(depth: depth - 1)
    case .number:
      let (a, b) = (random.pick([DataType.number, .integer]), DataType.number)
      let op = random.pick([BinaryOperator.add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power])
      return Expression(.binary(op, expression(a, depth: depth - 1), expression(b, depth: depth - 1)))
    case .string:
      return random.chance(2)
        ? Expression(.binary(.concatenate, leaf(.string), leaf(.string)))
        : call(random.pick(["upper", "lower"]), leaf(.string))
    case .date:
      if random.chance(2) {
        return call(
          "bucket", leaf(.date),
          Expression(.literal(.string(random.pick(["day", "week", "month", "quarter", "year"])))))
      }
      // Days that may leave the years of four digits now and then: the query is an error then, in both.
      let days = random.chance(6) ? leaf(.integer) : Expression(.literal(.integer(random.pick([-7, -1, 0, 7]))))
      return Expression(.binary(random.pick([.add, .subtract]), leaf(.date), days))
    default: return leaf(type)
    }
  }

  private mutating func booleanExpression(depth: Int) -> Expression {
    let comparisons: [BinaryOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    switch random.below(6) {
    case 0: return Expression(.unary(.not, condition(depth: depth)))
    case 1:
      let type = random.pick([DataType.integer, .number, .string, .date, .boolean])
      return Expression(.binary(random.pick([.equal, .notEqual]), leaf(type), Expression(.literal(.null))))
    case 2:
      return call(
        random.pick(["starts_with", "ends_with", "contains"]), leaf(.string),
        Expression(.literal(.string(random.pick(["K", "", "국", "me 1"])))))
    case 3:
      return Expression(
        .binary(
          random.pick(comparisons), dateColumn(),
          Expression(.literal(.string(random.pick(["2025-03-01", "0001-01-01", "1970-01-01"]))))))
    default:
      let (a, b) = random.pick([
        (DataType.integer, DataType.integer), (.number, .number), (.integer, .number), (.string, .string),
        (.date, .date),
        (.timestamp, .timestamp), (.date, .timestamp), (.timestamp, .date),
      ])
      return Expression(.binary(random.pick(comparisons), expression(a, depth: depth), expression(b, depth: depth)))
    }
  }

  private mutating func integerExpression(depth: Int) -> Expression {
    switch random.below(5) {
    case 0: return call("length", leaf(.string))
    case 1: return call(random.pick(["year", "month", "quarter", "day", "week", "weekday"]), leaf(.date))
    case 2: return call(random.pick(["least", "greatest"]), expression(.integer, depth: depth), leaf(.integer))
    case 3:
      // A divisor that may be zero now and then: the query is an error then, in both.
      let divisor = random.chance(6) ? leaf(.integer) : Expression(.literal(.integer(random.pick([-7, -1, 2, 5]))))
      return Expression(.binary(random.pick([.floorDivide, .modulo]), expression(.integer, depth: depth), divisor))
    default:
      let op = random.pick([
        BinaryOperator.add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight,
      ])
      return Expression(.binary(op, expression(.integer, depth: depth), expression(.integer, depth: depth)))
    }
  }

  private mutating func leaf(_ type: DataType) -> Expression {
    let candidates = columns.filter { $0.value == type }.keys.sorted()
    if !candidates.isEmpty, !random.chance(4) { return Expression(.column(random.pick(candidates))) }
    let value: Scalar
    switch type {
    case .integer: value = .integer(random.pick([-1, 0, 1, 2, 7, .max]))
    case .number: value = .number(random.pick([0, 0.5, -2.25, 1e10]))
    case .boolean: value = .boolean(random.chance(2))
    case .string: value = .string(random.pick(["KOR", "", "한국", "name 5"]))
    case .date: value = .date(random.pick([0, 20_100]))
    case .timestamp: value = .timestamp(1_750_000_000_000_000)
    default: return Expression(.column(RandomTable.fields.first { $0.type == type }!.name))
    }
    return Expression(.literal(value))
  }

  /// One of the columns that still are what they were in the table.
  private mutating func column(of names: [String]) -> Expression {
    Expression(.column(random.pick(names.filter(isOriginal))))
  }

  private func isOriginal(_ name: String) -> Bool {
    columns[name] != nil && columns[name] == RandomTable.fields.first { $0.name == name }?.type
  }

  private mutating func dateColumn() -> Expression {
    isOriginal("day") ? Expression(.column("day")) : Expression(.literal(.date(20_100)))
  }

  private func call(_ name: String, _ arguments: Expression...) -> Expression { Expression(.call(name, arguments)) }
}
