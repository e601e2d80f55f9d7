import ReadoutVectors

/// Makes the values of a column program: each different one once, constants folded, and logic simplified.
public struct ProgramBuilder: Sendable {
  private struct Key: Hashable {
    var operation: ProgramNode.Operation
    var operands: [Int]
  }

  public private(set) var nodes: [ProgramNode] = []
  private var known: [Key: Int] = [:]
  /// Truth values that must be false in every row that counts.
  public private(set) var watched: [Int] = []

  public init() {}

  // MARK: Leaves

  public mutating func parameter(_ index: Int, _ type: ProgramNode.ValueType) -> Int {
    node(.parameter(index), [], type)
  }
  public mutating func isPresent(_ index: Int) -> Int { node(.isPresent(index), [], .truth) }
  public mutating func integer(_ value: Int64) -> Int { node(.integer(value), [], .integer) }
  public mutating func number(_ value: Double) -> Int { node(.number(value.bitPattern), [], .number) }
  public mutating func truth(_ value: Bool) -> Int { node(.truth(value), [], .truth) }
  public mutating func string(_ value: [UInt8]) -> Int { node(.string(value), [], .string) }

  /// A constant of a type, where any will do.
  public mutating func anything(_ type: ProgramNode.ValueType) -> Int {
    switch type {
    case .number: number(0)
    case .integer: integer(0)
    case .truth: truth(false)
    case .string: string([])
    }
  }

  /// The bits of a constant as a lane holds them; nil for a value that is computed, and for strings.
  func bits(_ index: Int) -> UInt64? {
    switch nodes[index].operation {
    case .integer(let value): UInt64(bitPattern: value)
    case .number(let bits): bits
    case .truth(let value): value ? .max : 0
    default: nil
    }
  }

  public func constantTruth(_ index: Int) -> Bool? {
    if case .truth(let value) = nodes[index].operation { value } else { nil }
  }
  public func constantInteger(_ index: Int) -> Int64? {
    if case .integer(let value) = nodes[index].operation { value } else { nil }
  }
  public func constantNumber(_ index: Int) -> Double? {
    if case .number(let bits) = nodes[index].operation { Double(bitPattern: bits) } else { nil }
  }
  public func constantString(_ index: Int) -> [UInt8]? {
    if case .string(let value) = nodes[index].operation { value } else { nil }
  }

  // MARK: Operations

  public mutating func apply(_ operation: LaneOperation, _ operands: Int...) -> Int {
    let constants = operands.compactMap { bits($0) }
    let type: ProgramNode.ValueType =
      switch operation.result {
      case .integer: .integer
      case .number: .number
      case .truth, .byte: .truth
      }
    if constants.count == operands.count { return constant(operation(constants), type) }
    // Of integers 0 + x is x; of floats it is not, where x is -0.0.
    if operation == .addInteger, let first = constants.first, first == 0 {
      return constantInteger(operands[0]) == 0 ? operands[1] : operands[0]
    }
    if let (plain, converted) = comparedAsNumbers(operation, operands) {
      return apply(plain, converted[0], converted[1])
    }
    return node(.lane(operation), operands, type)
  }

  /// A comparison of a float with a constant integer that is a float exactly, as one of two floats.
  private mutating func comparedAsNumbers(
    _ operation: LaneOperation, _ operands: [Int]
  ) -> (LaneOperation, [Int])? {
    guard let plain = Self.plainComparisons[operation] else { return nil }
    var converted = operands
    for (place, operand) in operands.enumerated() where nodes[operand].type == .integer {
      guard let value = constantInteger(operand), let exact = Double(exactly: value) else { return nil }
      converted[place] = number(exact)
    }
    return (plain, converted)
  }

  private static let plainComparisons: [LaneOperation: LaneOperation] = [
    .equalIntegerNumber: .equalNumber, .lessIntegerNumber: .lessNumber, .lessNumberInteger: .lessNumber,
    .lessEqualIntegerNumber: .lessEqualNumber, .lessEqualNumberInteger: .lessEqualNumber,
  ]

  private mutating func constant(_ bits: UInt64, _ type: ProgramNode.ValueType) -> Int {
    switch type {
    case .number: node(.number(bits), [], .number)
    case .truth: truth(bits != 0)
    default: integer(Int64(bitPattern: bits))
    }
  }

  /// A column operation. `wanted` is the truth value of the rows whose results are looked at.
  public mutating func apply(_ operation: ColumnOperation, _ operands: [Int], wanted: Int) -> Int {
    node(.column(operation), operands + (operation.isCostly ? [wanted] : []), operation.result)
  }

  /// A loop over the words of texts, for the rows of `wanted`; its slots are the parts of what it gives.
  public mutating func apply(_ loop: TokenLoop, _ operands: [Int], wanted: Int) -> Int {
    node(.loop(loop), operands + [wanted], .integer)
  }

  /// What a loop leaves in slot `slot`.
  public mutating func part(_ slot: Int, of loop: Int, _ type: ProgramNode.ValueType) -> Int {
    node(.part(slot), [loop], type)
  }

  /// Sends every row that counts and for which `value` is true to whoever knows better than the program.
  public mutating func watch(_ value: Int) {
    if constantTruth(value) != false, !watched.contains(value) { watched.append(value) }
  }

  private mutating func node(_ operation: ProgramNode.Operation, _ operands: [Int], _ type: ProgramNode.ValueType)
    -> Int
  {
    let key = Key(operation: operation, operands: operands)
    if let index = known[key] { return index }
    nodes.append(ProgramNode(operation: operation, operands: operands, type: type))
    known[key] = nodes.count - 1
    return nodes.count - 1
  }
}

// MARK: Logic

extension ProgramBuilder {
  private func operands(of index: Int, _ operation: LaneOperation) -> [Int]? {
    guard case .lane(operation) = nodes[index].operation else { return nil }
    return nodes[index].operands
  }

  public mutating func not(_ a: Int) -> Int {
    if let inner = operands(of: a, .notTruth) { return inner[0] }
    return apply(.notTruth, a)
  }

  private func isNegation(_ a: Int, _ b: Int) -> Bool {
    operands(of: a, .notTruth) == [b] || operands(of: b, .notTruth) == [a]
  }

  public mutating func and(_ a: Int, _ b: Int) -> Int {
    if let value = constantTruth(a) { return value ? b : a }
    if let value = constantTruth(b) { return value ? a : b }
    if a == b { return a }
    if isNegation(a, b) { return truth(false) }
    for (whole, part) in [(a, b), (b, a)] {
      if let parts = operands(of: whole, .andTruth) {
        if parts.contains(part) { return whole }
        if parts.contains(where: { isNegation($0, part) }) { return truth(false) }
      }
      if let parts = operands(of: whole, .orTruth), parts.contains(part) { return part }
    }
    return apply(.andTruth, a, b)
  }

  public mutating func or(_ a: Int, _ b: Int) -> Int {
    if let value = constantTruth(a) { return value ? a : b }
    if let value = constantTruth(b) { return value ? b : a }
    if a == b { return a }
    if isNegation(a, b) { return truth(true) }
    if let left = operands(of: a, .andTruth), let right = operands(of: b, .andTruth) {
      // (g and c) or (g and not c) is g.
      for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] where left[i] == right[j] && isNegation(left[1 - i], right[1 - j])
      {
        return left[i]
      }
    }
    for (whole, part) in [(a, b), (b, a)] {
      if let parts = operands(of: whole, .orTruth), parts.contains(part) { return whole }
      if let parts = operands(of: whole, .andTruth) {
        if parts.contains(part) { return part }
        for i in 0...1 where isNegation(parts[i], part) { return or(part, parts[1 - i]) }
      }
    }
    return apply(.orTruth, a, b)
  }

  /// `a` where `condition` is true, else `b`, both of one type.
  public mutating func select(_ condition: Int, _ a: Int, _ b: Int) -> Int {
    if let value = constantTruth(condition) { return value ? a : b }
    if a == b { return a }
    if let inner = operands(of: condition, .notTruth) { return select(inner[0], b, a) }
    switch nodes[a].type {
    case .truth:
      if let value = constantTruth(a) { return value ? or(condition, b) : and(not(condition), b) }
      if let value = constantTruth(b) { return value ? or(not(condition), a) : and(condition, a) }
      return apply(.select(.truth), condition, a, b)
    case .string: return apply(StringSelect.operation, [condition, a, b], wanted: truth(true))
    case .integer: return apply(.select(.integer), condition, a, b)
    case .number: return apply(.select(.number), condition, a, b)
    }
  }
}
