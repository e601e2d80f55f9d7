import ReadoutEngine
import ReadoutVectors

/// Strings where Lua wants numbers.
extension Lifter {
  /// The number that a string is; rows where it is none are watched. Nil where no row's is.
  func numeral(_ x: Int) -> SymbolicValue? {
    if let bytes = builder.constantString(x) {
      switch Numeral(bytes.span) {
      case .none: return nil
      case .integer(let known): return value(.integer(builder.integer(known)))
      case .number(let known): return value(.number(builder.number(known)))
      case .unknown: return leave("a numeral that only the VM reads")
      }
    }
    let tests = numeralTests(x)
    watch(builder.not(builder.or(tests.isInteger, tests.isNumber)))
    return merge(tests.isInteger, value(.integer(tests.integer)), value(.number(tests.number)))
  }

  /// `tonumber` of a string: nil where it is no number.
  func numberOrNothing(_ x: Int) -> SymbolicValue? {
    if let bytes = builder.constantString(x), case .none = Numeral(bytes.span) { return nothing }
    if builder.constantString(x) != nil { return numeral(x) }
    let tests = numeralTests(x)
    watch(tests.isUnknown)
    let number = merge(tests.isNumber, value(.number(tests.number)), nothing)
    return merge(tests.isInteger, value(.integer(tests.integer)), number)
  }

  /// A number, or a string that is one, as a float; rows where it is none are watched. Nil for anything else.
  func numberArgument(_ content: Content) -> Int? {
    guard case .string(let x) = content else { return number(content) }
    guard let value = numeral(x) else { return nil }
    return joined(value) { number($0)! }
  }

  /// The same as an integer.
  func integerArgument(_ content: Content) -> Int? {
    guard case .string(let x) = content else { return integer(content) }
    guard let value = numeral(x) else { return nil }
    let before = path
    defer { path = before }
    return joined(value) { content in
      // What a float has to be holds for the rows that have one.
      path = builder.and(before, value.alternatives.first { $0.content.isSame(as: content) }!.condition)
      return integer(content)!
    }
  }

  /// Alternatives of a value made one.
  private func joined(_ value: SymbolicValue, _ convert: (Content) -> Int) -> Int {
    var result: Int?
    for alternative in value.alternatives {
      let own = convert(alternative.content)
      result = result.map { builder.select(alternative.condition, own, $0) } ?? own
    }
    return result!
  }

  private struct NumeralTests {
    var isInteger, isNumber, isUnknown, integer, number: Int
  }

  private func numeralTests(_ x: Int) -> NumeralTests {
    let kind = apply(ByteStrings.numeralKind, [x])
    let test = { (wanted: Int64) in self.builder.apply(.equalInteger, kind, self.builder.integer(wanted)) }
    return NumeralTests(
      isInteger: test(1), isNumber: test(2), isUnknown: test(3), integer: apply(ByteStrings.numeralInteger, [x]),
      number: apply(ByteStrings.numeralNumber, [x]))
  }
}
