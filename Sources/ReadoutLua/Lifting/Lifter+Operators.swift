import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// The result of an operator; nil where Lua raises an error.
  func unary(_ op: UnaryOperator, _ operand: Content, _ range: Range<Int>) throws(Refusal) -> SymbolicValue? {
    switch (op, operand) {
    case (.negate, .integer(let x)): return value(.integer(builder.apply(.negateInteger, x)))
    case (.negate, .number(let x)): return value(.number(builder.apply(.negateNumber, x)))
    case (.bitNot, .integer(let x)): return value(.integer(builder.apply(.bitNot, x)))
    case (.bitNot, .number(let x)): return value(.integer(builder.apply(.bitNot, whole(x))))
    case (.negate, .string(let x)):
      guard let read = numeral(x) else { return nil }
      return try combine([read], range) { (contents) throws(Refusal) in try self.unary(op, contents[0], range) }
    case (.length, .string(let x)): return value(.integer(length(x)))
    case (.length, .object(let list as TextPieceList)): return value(.integer(count(of: list)))
    case (.length, .object): throw refusal("the length of a table", range)
    default: return nil
    }
  }

  func binary(
    _ op: BinaryOperator, _ a: Content, _ b: Content, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue? {
    switch op {
    case .equal: return value(.truth(try equal(a, b, range)))
    case .notEqual: return value(.truth(builder.not(try equal(a, b, range))))
    case .less: return less(a, b, orEqual: false)
    case .lessOrEqual: return less(a, b, orEqual: true)
    case .greater: return less(b, a, orEqual: false)
    case .greaterOrEqual: return less(b, a, orEqual: true)
    case .concatenate: return concatenated(a, b)
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: return try bitwise(op, a, b, range)
    default: return try arithmetic(op, a, b, range)
    }
  }

  // MARK: Numbers

  private func arithmetic(
    _ op: BinaryOperator, _ a: Content, _ b: Content, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue? {
    if case .integer(let x) = a, case .integer(let y) = b, op != .divide, op != .power {
      return value(.integer(integers(op, x, y)))
    }
    if let read = try numerals(a, b) {
      return try combine(read, range) { (contents) throws(Refusal) in
        try self.arithmetic(op, contents[0], contents[1], range)
      }
    }
    guard let x = number(a), let y = number(b) else { return nil }
    // A zero that is no literal may still have been known to Lua's compiler: what comes of 0.0 - 0 then, the VM knows.
    if op == .subtract, case .integer(let zero) = b, builder.constantInteger(zero) == 0 {
      watch(builder.apply(.equalNumber, x, builder.number(0)))
    }
    let operation: LaneOperation =
      switch op {
      case .add: .addNumber
      case .subtract: .subtractNumber
      case .multiply: .multiplyNumber
      case .divide: .divideNumber
      case .power: .powerNumber
      case .floorDivide: .floorDivideNumber
      default: .moduloNumber
      }
    return value(.number(builder.apply(operation, x, y)))
  }

  /// Two operands of which one is a string, and the other that or a number, as numbers; nil where they are others, or a string
  /// is no number in any row.
  private func numerals(_ a: Content, _ b: Content) throws(Refusal) -> [SymbolicValue]? {
    guard a.isText && (b.isText || b.isNumber) || a.isNumber && b.isText else { return nil }
    var read: [SymbolicValue] = []
    for content in [a, b] {
      if case .string(let x) = content {
        guard let number = numeral(x) else { return nil }
        read.append(number)
      } else {
        read.append(value(content))
      }
    }
    return read
  }

  private func integers(_ op: BinaryOperator, _ x: Int, _ y: Int) -> Int {
    switch op {
    case .add: return builder.apply(.addInteger, x, y)
    case .subtract: return builder.apply(.subtractInteger, x, y)
    case .multiply: return builder.apply(.multiplyInteger, x, y)
    default:
      watch(builder.apply(.equalInteger, y, builder.integer(0)))
      return builder.apply(op == .floorDivide ? .floorDivideInteger : .moduloInteger, x, y)
    }
  }

  private func bitwise(
    _ op: BinaryOperator, _ a: Content, _ b: Content, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue? {
    guard a.isNumber, b.isNumber, let x = integer(a), let y = integer(b) else { return nil }
    let operation: LaneOperation =
      switch op {
      case .bitAnd: .bitAnd
      case .bitOr: .bitOr
      case .bitXor: .bitXor
      case .shiftLeft: .shiftLeft
      default: .shiftRight
      }
    return value(.integer(builder.apply(operation, x, y)))
  }

  /// A number as a float; nil for anything else.
  func number(_ content: Content) -> Int? {
    switch content {
    case .integer(let x): builder.apply(.floatOf, x)
    case .number(let x): x
    default: nil
    }
  }

  /// A number as an integer, rows where it has none being watched; nil for anything else.
  func integer(_ content: Content) -> Int? {
    switch content {
    case .integer(let x): x
    case .number(let x): whole(x)
    default: nil
    }
  }

  private func whole(_ x: Int) -> Int {
    watch(builder.not(builder.apply(.isWhole, x)))
    return builder.apply(.integerOf, x)
  }

  // MARK: Comparison

  func equal(_ a: Content, _ b: Content, _ range: Range<Int>) throws(Refusal) -> Int {
    switch (a, b) {
    case (.nothing, .nothing): return builder.truth(true)
    case (.truth(let x), .truth(let y)): return x == y ? builder.truth(true) : builder.apply(.equalTruth, x, y)
    case (.integer(let x), .integer(let y)): return builder.apply(.equalInteger, x, y)
    case (.number(let x), .number(let y)): return builder.apply(.equalNumber, x, y)
    case (.integer(let x), .number(let y)), (.number(let y), .integer(let x)):
      return builder.apply(.equalIntegerNumber, x, y)
    case (.string(let x), .string(let y)):
      if x == y { return builder.truth(true) }
      if let left = builder.constantString(x), let right = builder.constantString(y) {
        return builder.truth(left == right)
      }
      if let wanted = builder.constantString(y) { return equal(x, y, wanted) }
      if let wanted = builder.constantString(x) { return equal(y, x, wanted) }
      return apply(ByteStrings.equal, [x, y])
    case (.object(let x), .object(let y)):
      if x === y { return builder.truth(true) }
      throw refusal("two tables or functions are compared", range)
    default: return builder.truth(false)
    }
  }

  /// Whether a string is a constant: where it is one of two, or comes from a table, no string need be made for that.
  private func equal(_ x: Int, _ constant: Int, _ wanted: [UInt8]) -> Int {
    var tests: [Int: Int] = [:]
    for part in builder.choices(of: x) {
      if let (condition, a, b) = builder.selectedStrings(part) {
        tests[part] = builder.select(condition, tests[a]!, tests[b]!)
      } else {
        tests[part] = equalPart(part, constant, wanted)
      }
    }
    return tests[x]!
  }

  private func equalPart(_ x: Int, _ constant: Int, _ wanted: [UInt8]) -> Int {
    if let known = builder.constantString(x) { return builder.truth(known == wanted) }
    if case .column(let operation) = builder.nodes[x].operation, let entries = entriesOfStrings[operation] {
      return apply(entries.tests(equalTo: wanted), [builder.nodes[x].operands[0]])
    }
    return apply(ByteStrings.equal, [x, constant])
  }

  private func less(_ a: Content, _ b: Content, orEqual: Bool) -> SymbolicValue? {
    switch (a, b) {
    case (.integer(let x), .integer(let y)):
      return value(.truth(builder.apply(orEqual ? .lessEqualInteger : .lessInteger, x, y)))
    case (.number(let x), .number(let y)):
      return value(.truth(builder.apply(orEqual ? .lessEqualNumber : .lessNumber, x, y)))
    case (.integer(let x), .number(let y)):
      return value(.truth(builder.apply(orEqual ? .lessEqualIntegerNumber : .lessIntegerNumber, x, y)))
    case (.number(let x), .integer(let y)):
      return value(.truth(builder.apply(orEqual ? .lessEqualNumberInteger : .lessNumberInteger, x, y)))
    case (.string(let x), .string(let y)):
      return value(.truth(apply(orEqual ? ByteStrings.lessOrEqual : ByteStrings.less, [x, y])))
    default: return nil
    }
  }

  // MARK: Strings

  private func concatenated(_ a: Content, _ b: Content) -> SymbolicValue? {
    guard let x = text(a), let y = text(b) else { return nil }
    let (left, right) = (builder.constantString(x), builder.constantString(y))
    if let left, let right, left.count + right.count <= Self.longestString {
      spend(bytes: left.count + right.count)
      return value(.string(builder.string(left + right)))
    }
    // Doubling a string again and again must not fill the memory of rows that never come here.
    if (left == nil) == (right == nil) {
      let lengths = builder.apply(.addInteger, length(x), length(y))
      watch(builder.apply(.lessInteger, builder.integer(Self.longestString), lengths))
    }
    return value(.string(apply(ByteStrings.concatenate, [x, y])))
  }

  /// Longer strings are left to the VM.
  static var longestString: Int64 { 1 << 16 }

  /// A string, or a number as Lua writes it; nil for anything else.
  func text(_ content: Content) -> Int? {
    switch content {
    case .string(let x): x
    case .integer(let x):
      builder.constantInteger(x).map { builder.string(Array(String($0).utf8)) } ?? apply(ByteStrings.integerText, [x])
    case .number(let x): numberText(x)
    default: nil
    }
  }

  /// How nan is written depends on its sign, which follows from the order of operands in the VM's machine code.
  private func numberText(_ x: Int) -> Int {
    watch(builder.not(builder.apply(.equalNumber, x, x)))
    return apply(ByteStrings.numberText, [x])
  }

  func length(_ x: Int) -> Int {
    builder.constantString(x).map { builder.integer(Int64($0.count)) } ?? apply(ByteStrings.length, [x])
  }

  /// An operation over columns, for the rows that come here.
  func apply(_ operation: ColumnOperation, _ operands: [Int]) -> Int {
    builder.apply(operation, operands, wanted: wanted)
  }

  /// The rows whose results an operation must give.
  var wanted: Int { loopDepth > 0 ? builder.truth(true) : path }
}

extension Content {
  var isText: Bool { if case .string = self { true } else { false } }
  var isNumber: Bool { luaType == "number" }
}
