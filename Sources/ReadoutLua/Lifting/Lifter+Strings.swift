import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// The functions of `string` that know neither patterns nor formats.
  static let stringLibrary: [String: LibraryBody] = [
    "string.lower": mapped(ByteStrings.lower), "string.upper": mapped(ByteStrings.upper),
    "string.reverse": mapped(ByteStrings.reverse),
    "string.len": LibraryBody(1) { lifter, a, _ in
      lifter.text(a[0]).map { lifter.value(.integer(lifter.apply(ByteStrings.length, [$0]))) }
    },
    "string.sub": LibraryBody(2, 3) { (lifter, a, range) throws(Refusal) in
      guard let text = lifter.text(a[0]), let from = try lifter.integerArgument(a[1], range),
        let to = try lifter.optionalInteger(a, 2, default: -1, range)
      else { return nil }
      return lifter.value(.string(lifter.apply(ByteStrings.sub, [text, from, to])))
    },
    "string.byte": LibraryBody(1, 2) { (lifter, a, range) throws(Refusal) in
      guard let text = lifter.text(a[0]), let position = try lifter.optionalInteger(a, 1, default: 1, range) else {
        return nil
      }
      let code = lifter.apply(ByteStrings.byte, [text, position])
      let isThere = lifter.builder.apply(.lessEqualInteger, lifter.builder.integer(0), code)
      return lifter.merge(isThere, lifter.value(.integer(code)), lifter.nothing)
    },
    "string.rep": LibraryBody(2, 3) { (lifter, a, range) throws(Refusal) in
      guard let text = lifter.text(a[0]), let times = try lifter.integerArgument(a[1], range) else { return nil }
      var separator = lifter.builder.string([])
      if a.count > 2, a[2].luaType != "nil" {
        guard let given = lifter.text(a[2]) else { return nil }
        separator = given
      }
      return lifter.value(.string(lifter.repeated(text, times, separator)))
    },
  ]

  private static func mapped(_ operation: ColumnOperation) -> LibraryBody {
    LibraryBody(1) { lifter, a, _ in lifter.text(a[0]).map { lifter.value(.string(lifter.apply(operation, [$0]))) } }
  }

  fileprivate func optionalInteger(
    _ arguments: [Content], _ index: Int, default value: Int64, _ range: Range<Int>
  ) throws(Refusal) -> Int? {
    guard index < arguments.count, arguments[index].luaType != "nil" else { return builder.integer(value) }
    return try integerArgument(arguments[index], range)
  }

  /// Long results are left to the VM, and are not made for rows that never come here.
  fileprivate func repeated(_ text: Int, _ times: Int, _ separator: Int) -> Int {
    let most = builder.integer(Self.longestString)
    let lengths = builder.apply(.addInteger, apply(ByteStrings.length, [text]), apply(ByteStrings.length, [separator]))
    let isShort = builder.and(
      builder.apply(.lessEqualInteger, times, most),
      builder.apply(.lessEqualInteger, builder.apply(.multiplyInteger, lengths, times), most))
    watch(builder.not(isShort))
    return apply(ByteStrings.rep, [text, builder.select(isShort, times, builder.integer(0)), separator])
  }

  /// `string.find` of a text that is no pattern: the first and the last position, or nil.
  func find(_ arguments: [SymbolicValue], _ range: Range<Int>) throws(Refusal) -> [SymbolicValue] {
    guard arguments.count >= 2 else { throw refusal("calls string.find without a text to find", range) }
    let isPlain = arguments.count > 3 ? builder.constantTruth(truth(of: arguments[3])) : false
    guard let isPlain else { throw refusal("calls string.find, plain in some rows only", range) }
    var last = SymbolicValue.unreachable
    var hasLast = false
    let start = arguments.count > 2 ? arguments[2] : nothing
    let first = try combine([arguments[0], arguments[1], start], range) { (a) throws(Refusal) in
      guard let text = self.text(a[0]), let wanted = self.text(a[1]),
        let from = try self.optionalInteger(a, 2, default: 1, range)
      else { return nil }
      if !isPlain {
        guard let bytes = self.builder.constantString(wanted), !bytes.contains(where: { Self.specials.contains($0) })
        else {
          throw self.refusal("calls string.find with a pattern", range)
        }
      }
      let place = self.apply(ByteStrings.find, [text, wanted, from])
      let isFound = self.builder.apply(.lessInteger, self.builder.integer(0), place)
      let length = self.apply(ByteStrings.length, [wanted])
      let end = self.builder.apply(
        .subtractInteger, self.builder.apply(.addInteger, place, length), self.builder.integer(1))
      let own = self.merge(isFound, self.value(.integer(end)), self.nothing)
      // Several kinds of arguments would need the last positions merged as the first ones are.
      guard !hasLast else { throw self.refusal("calls string.find with values of several kinds", range) }
      last = own
      hasLast = true
      return self.merge(isFound, self.value(.integer(place)), self.nothing)
    }
    return [first, last]
  }

  private static let specials = Set("^$*+?.([%-".utf8)
}
