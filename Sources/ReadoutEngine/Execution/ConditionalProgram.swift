import ReadoutVectors

/// A condition between two numbers or booleans, `if_(tone < 0, tone * 2 + words, tone)`, as one lane program: what it computes on the way
/// stays in the cache, where a kernel an operator would write it out as a column.
///
/// Made of columns, constants, arithmetic that cannot fail, comparisons, `and`, `or`, `not` and conditions; it runs over batches
/// without nulls. For everything else the evaluator goes operator by operator.
struct ConditionalProgram: Sendable {
  /// Nodes of larger conditions: their parts are programs of their own.
  static let largest = 200

  private let program: ColumnProgram
  /// The columns that are its parameters.
  private let columns: [BoundExpression]

  /// The condition's parts; nil where something in them is none of that.
  init?(_ condition: BoundExpression, _ first: BoundExpression, _ second: BoundExpression) {
    var writer = Writer()
    guard let result = writer.conditional(condition, first, second) else { return nil }
    program = ColumnProgram(writer.builder, results: [result])
    columns = writer.columns
  }

  /// The values for a batch; nil where a column has nulls in it.
  func run(in batch: Batch, _ evaluator: Evaluator) throws(ReadoutError) -> Values? {
    var arguments: [Values] = []
    for column in columns {
      let values = try evaluator.evaluate(column, in: batch)
      if values.nullCount > 0 { return nil }
      arguments.append(values)
    }
    let rows = Evaluation(worker: evaluator.worker, count: batch.count)
    guard let results = try program.run(arguments, rows) else { return nil }
    return results[0]
  }

  private struct Writer {
    var builder = ProgramBuilder()
    var columns: [BoundExpression] = []
    private var places: [Int: Int] = [:]
    /// What was written already: expressions share their parts.
    private var known: [ObjectIdentifier: Int?] = [:]

    mutating func value(of expression: BoundExpression) -> Int? {
      let key = ObjectIdentifier(expression)
      if let known = known[key] { return known }
      let value = written(expression)
      known.updateValue(value, forKey: key)
      return value
    }

    private mutating func written(_ expression: BoundExpression) -> Int? {
      switch expression.node {
      case .constant(.integer(let value)): return builder.integer(value)
      case .constant(.number(let value)): return builder.number(value)
      case .constant(.boolean(let value)): return builder.truth(value)
      case .constant, .isNull: return nil
      case .column(let index):
        guard let type = Self.type(expression.type) else { return nil }
        if places[index] == nil {
          places[index] = columns.count
          columns.append(expression)
        }
        return builder.parameter(places[index]!, type)
      case .and(let left, let right):
        guard let (a, b) = truths(left, right) else { return nil }
        return builder.and(a, b)
      case .or(let left, let right):
        guard let (a, b) = truths(left, right) else { return nil }
        return builder.or(a, b)
      case .conditional(let condition, let first, let second): return conditional(condition, first, second)
      case .call(let name, let kernel, let arguments):
        if kernel.canFail || !kernel.isStrict { return nil }
        return call(name, arguments, expression.type)
      }
    }

    mutating func conditional(
      _ condition: BoundExpression, _ first: BoundExpression, _ second: BoundExpression
    ) -> Int? {
      guard first.type == second.type, Self.type(first.type) != nil, let test = value(of: condition),
        let a = value(of: first), let b = value(of: second)
      else { return nil }
      return builder.select(test, a, b)
    }

    private static func type(_ type: DataType) -> ProgramNode.ValueType? {
      switch type {
      case .integer: .integer
      case .number: .number
      case .boolean: .truth
      default: nil
      }
    }

    private mutating func truths(_ left: BoundExpression, _ right: BoundExpression) -> (Int, Int)? {
      guard left.type == .boolean, right.type == .boolean, let a = value(of: left), let b = value(of: right) else {
        return nil
      }
      return (a, b)
    }

    private mutating func number(_ expression: BoundExpression) -> Int? {
      guard expression.type.isNumeric, let value = value(of: expression) else { return nil }
      return expression.type == .integer ? builder.apply(.floatOf, value) : value
    }

    private mutating func call(_ name: String, _ arguments: [BoundExpression], _ type: DataType) -> Int? {
      if arguments.count == 1 {
        guard let operand = value(of: arguments[0]) else { return nil }
        switch (name, arguments[0].type) {
        case ("unary -", .integer): return builder.apply(.negateInteger, operand)
        case ("unary -", .number): return builder.apply(.negateNumber, operand)
        case ("not", .boolean): return builder.not(operand)
        case ("number", .integer): return builder.apply(.floatOf, operand)
        default: return nil
        }
      }
      guard arguments.count == 2 else { return nil }
      if let order = Comparison.Order(rawValue: name) { return compared(order, arguments[0], arguments[1]) }
      guard let operations = Self.arithmetic[name] else { return nil }
      if type == .integer, let operation = operations.integers {
        guard arguments[0].type == .integer, arguments[1].type == .integer, let a = value(of: arguments[0]),
          let b = value(of: arguments[1])
        else { return nil }
        return builder.apply(operation, a, b)
      }
      guard type == .number, let a = number(arguments[0]), let b = number(arguments[1]) else { return nil }
      return builder.apply(operations.numbers, a, b)
    }

    private static let arithmetic: [String: (integers: LaneOperation?, numbers: LaneOperation)] = [
      "+": (.addInteger, .addNumber), "-": (.subtractInteger, .subtractNumber),
      "*": (.multiplyInteger, .multiplyNumber), "/": (nil, .divideNumber),
    ]

    private mutating func compared(
      _ order: Comparison.Order, _ left: BoundExpression, _ right: BoundExpression
    ) -> Int? {
      switch order {
      case .greater, .greaterOrEqual: return compared(order.swapped, right, left)
      case .notEqual: return compared(.equal, left, right).map { builder.not($0) }
      default: break
      }
      guard let a = value(of: left), let b = value(of: right) else { return nil }
      switch (left.type, right.type, order) {
      case (.integer, .integer, .equal): return builder.apply(.equalInteger, a, b)
      case (.integer, .integer, .less): return builder.apply(.lessInteger, a, b)
      case (.integer, .integer, _): return builder.apply(.lessEqualInteger, a, b)
      case (.number, .number, .equal): return builder.apply(.equalNumber, a, b)
      case (.number, .number, .less): return builder.apply(.lessNumber, a, b)
      case (.number, .number, _): return builder.apply(.lessEqualNumber, a, b)
      case (.integer, .number, .equal): return builder.apply(.equalIntegerNumber, a, b)
      case (.number, .integer, .equal): return builder.apply(.equalIntegerNumber, b, a)
      case (.integer, .number, .less): return builder.apply(.lessIntegerNumber, a, b)
      case (.integer, .number, _): return builder.apply(.lessEqualIntegerNumber, a, b)
      case (.number, .integer, .less): return builder.apply(.lessNumberInteger, a, b)
      case (.number, .integer, _): return builder.apply(.lessEqualNumberInteger, a, b)
      case (.boolean, .boolean, .equal): return builder.apply(.equalTruth, a, b)
      default: return nil
      }
    }
  }
}
