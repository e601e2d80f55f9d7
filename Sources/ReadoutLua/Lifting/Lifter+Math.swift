import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// `math`, less what would be another number each time.
  static let mathLibrary: [String: LibraryBody] = [
    "math.floor": LibraryBody(1) { lifter, a, _ in lifter.rounded(a[0], .floorNumber)
    },
    "math.ceil": LibraryBody(1) { lifter, a, _ in lifter.rounded(a[0], .ceilNumber) },
    "math.abs": LibraryBody(1) { (lifter, a, range) throws(Refusal) in
      if case .integer(let x) = a[0] { return lifter.value(.integer(lifter.builder.apply(.absoluteInteger, x))) }
      return lifter.float(.absoluteNumber, a)
    },
    "math.sqrt": float(.sqrtNumber), "math.exp": float(.expNumber), "math.sin": float(.sinNumber),
    "math.cos": float(.cosNumber), "math.tan": float(.tanNumber), "math.asin": float(.asinNumber),
    "math.acos": float(.acosNumber),
    "math.atan": LibraryBody(1, 2) { (lifter, a, range) throws(Refusal) in
      let second: Content = a.count > 1 && a[1].luaType != "nil" ? a[1] : .number(lifter.builder.number(1))
      return lifter.float(.atan2Number, [a[0], second])
    },
    "math.log": LibraryBody(1, 2) { (lifter, a, range) throws(Refusal) in
      guard a.count > 1, a[1].luaType != "nil" else { return lifter.float(.logNumber, [a[0]]) }
      return lifter.logarithm(a[0], base: a[1])
    },
    "math.fmod": LibraryBody(2) { (lifter, a, range) throws(Refusal) in
      if case .integer(let x) = a[0], case .integer(let y) = a[1] {
        lifter.watch(lifter.builder.apply(.equalInteger, y, lifter.builder.integer(0)))
        return lifter.value(.integer(lifter.builder.apply(.remainderInteger, x, y)))
      }
      return lifter.float(.remainderNumber, a)
    },
    "math.max": LibraryBody(1, 16) { (lifter, a, range) throws(Refusal) in
      try lifter.extreme(a, range) { (lifter, best, next) throws(Refusal) in try lifter.isLess(best, next, range) }
    },
    "math.min": LibraryBody(1, 16) { (lifter, a, range) throws(Refusal) in
      try lifter.extreme(a, range) { (lifter, best, next) throws(Refusal) in try lifter.isLess(next, best, range) }
    },
    "math.type": LibraryBody(1) { lifter, a, _ in
      a[0].isNumber ? lifter.value(.string(lifter.builder.string(Array(a[0].kind.utf8)))) : lifter.nothing
    },
    "math.tointeger": LibraryBody(1) { (lifter, a, range) throws(Refusal) in
      switch a[0] {
      case .integer: return lifter.value(a[0])
      case .number(let x):
        return lifter.merge(
          lifter.builder.apply(.isWhole, x), lifter.value(.integer(lifter.builder.apply(.integerOf, x))), lifter.nothing
        )
      case .string: return lifter.leave("a string in arithmetic")
      default: return lifter.nothing
      }
    },
    "math.ult": LibraryBody(2) { (lifter, a, range) throws(Refusal) in
      guard let x = lifter.integerArgument(a[0]), let y = lifter.integerArgument(a[1]) else {
        return nil
      }
      return lifter.value(.truth(lifter.builder.apply(.belowInteger, x, y)))
    },
  ]

  private static func float(_ operation: LaneOperation) -> LibraryBody {
    LibraryBody(1) { lifter, a, _ in lifter.float(operation, a) }
  }

  fileprivate func float(
    _ operation: LaneOperation, _ arguments: [Content]
  ) -> SymbolicValue? {
    var operands: [Int] = []
    for argument in arguments {
      guard let operand = numberArgument(argument) else { return nil }
      operands.append(operand)
    }
    return value(
      .number(
        operands.count == 1
          ? builder.apply(operation, operands[0]) : builder.apply(operation, operands[0], operands[1])))
  }

  /// A float's nearest integer; rows where that has none stay floats, and are left to the VM.
  fileprivate func rounded(
    _ argument: Content, _ operation: LaneOperation
  ) -> SymbolicValue? {
    if case .integer = argument { return value(argument) }
    guard let x = numberArgument(argument) else { return nil }
    let whole = builder.apply(operation, x)
    watch(builder.not(builder.apply(.isInRange, whole)))
    leavesKinds = true
    return value(.integer(builder.apply(.integerOf, whole)))
  }

  fileprivate func logarithm(
    _ argument: Content, base: Content
  ) -> SymbolicValue? {
    guard let x = numberArgument(argument), let b = numberArgument(base) else { return nil }
    // Bases 2 and 10 have functions of their own.
    let general = builder.apply(.divideNumber, builder.apply(.logNumber, x), builder.apply(.logNumber, b))
    let ten = builder.select(
      builder.apply(.equalNumber, b, builder.number(10)), builder.apply(.log10Number, x), general)
    return value(
      .number(builder.select(builder.apply(.equalNumber, b, builder.number(2)), builder.apply(.log2Number, x), ten)))
  }

  fileprivate func extreme(
    _ arguments: [Content], _ range: Range<Int>, _ takesNext: (Lifter, Content, Content) throws(Refusal) -> Int
  ) throws(Refusal) -> SymbolicValue? {
    for argument in arguments {
      if argument.isText { return leave("a string in arithmetic") }
      if !argument.isNumber { return nil }
    }
    var best = value(arguments[0])
    for next in arguments.dropFirst() {
      var taken = builder.truth(false)
      for alternative in best.alternatives {
        let own = try takesNext(self, alternative.content, next)
        taken =
          best.alternatives.count == 1 ? own : builder.or(taken, builder.and(alternative.condition, own))
      }
      best = merge(taken, value(next), best)
    }
    return best
  }

  fileprivate func isLess(_ a: Content, _ b: Content, _ range: Range<Int>) throws(Refusal) -> Int {
    guard let value = try binary(.less, a, b, range)?.single?.value else { throw refusal("a comparison", range) }
    return value
  }
}
