import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// The functions of `string` that know neither patterns nor formats.
  static let stringLibrary: [String: LibraryBody] = [
    "string.lower": mapped(ByteStrings.lower), "string.upper": mapped(ByteStrings.upper),
    "string.reverse": mapped(ByteStrings.reverse),
    "string.len": LibraryBody(1) { lifter, a, _ in
      lifter.text(a[0]).map { lifter.value(.integer(lifter.length($0))) }
    },
    "string.sub": LibraryBody(2, 3) { lifter, a, _ in
      guard let text = lifter.text(a[0]), let from = lifter.integerArgument(a[1]),
        let to = lifter.optionalInteger(a, 2, default: -1)
      else { return nil }
      return lifter.value(.string(lifter.apply(ByteStrings.sub, [text, from, to])))
    },
    "string.byte": LibraryBody(1, 2) { lifter, a, _ in
      guard let text = lifter.text(a[0]), let position = lifter.optionalInteger(a, 1, default: 1) else {
        return nil
      }
      let code = lifter.apply(ByteStrings.byte, [text, position])
      let isThere = lifter.builder.apply(.lessEqualInteger, lifter.builder.integer(0), code)
      return lifter.merge(isThere, lifter.value(.integer(code)), lifter.nothing)
    },
    "string.rep": LibraryBody(2, 3) { lifter, a, _ in
      guard let text = lifter.text(a[0]), let times = lifter.integerArgument(a[1]) else { return nil }
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
    _ arguments: [Content], _ index: Int, default value: Int64
  ) -> Int? {
    guard index < arguments.count, arguments[index].luaType != "nil" else { return builder.integer(value) }
    return integerArgument(arguments[index])
  }

  /// Long results are left to the VM, and are not made for rows that never come here.
  fileprivate func repeated(_ text: Int, _ times: Int, _ separator: Int) -> Int {
    let most = builder.integer(Self.longestString)
    let lengths = builder.apply(.addInteger, length(text), length(separator))
    let isShort = builder.and(
      builder.apply(.lessEqualInteger, times, most),
      builder.apply(.lessEqualInteger, builder.apply(.multiplyInteger, lengths, times), most))
    watch(builder.not(isShort))
    return apply(ByteStrings.rep, [text, builder.select(isShort, times, builder.integer(0)), separator])
  }

  /// `string.find` of a text that is no pattern: the first and the last position, or nil.
  func find(_ arguments: [SymbolicValue], _ range: Range<Int>) throws(Refusal) -> [SymbolicValue] {
    guard arguments.count >= 2 else { throw refusal("calls string.find without a text to find", range) }
    // Nil, too, may be a new value of the builder: its truth comes before the builder is asked.
    let plain = arguments.count > 3 ? truth(of: arguments[3]) : builder.truth(false)
    guard let isPlain = builder.constantTruth(plain) else {
      throw refusal("calls string.find, plain in some rows only", range)
    }
    let start = arguments.count > 2 ? arguments[2] : nothing
    // The same places twice: what is computed is known already.
    var positions: [SymbolicValue] = []
    for isEnd in [false, true] {
      positions.append(
        try combine([arguments[0], arguments[1], start], range) { (a) throws(Refusal) in
          guard let text = self.text(a[0]), let wanted = self.text(a[1]),
            let from = self.optionalInteger(a, 2, default: 1)
          else { return nil }
          if !isPlain {
            guard let bytes = self.builder.constantString(wanted) else {
              throw self.refusal("calls string.find with a pattern that is no constant", range)
            }
            if bytes.contains(where: { Self.specials.contains($0) }) {
              let place = try self.place(of: bytes, in: text, from, isEnd: isEnd, "string.find", range)
              let isFound = self.builder.apply(.lessInteger, self.builder.integer(0), place)
              return self.merge(isFound, self.value(.integer(place)), self.nothing)
            }
          }
          let place = self.apply(ByteStrings.find, [text, wanted, from])
          let isFound = self.builder.apply(.lessInteger, self.builder.integer(0), place)
          let end = self.builder.apply(
            .subtractInteger, self.builder.apply(.addInteger, place, self.length(wanted)), self.builder.integer(1))
          return self.merge(isFound, self.value(.integer(isEnd ? end : place)), self.nothing)
        })
    }
    return positions
  }

  private static let specials = Set("^$*+?.([%-".utf8)

  /// Where the first match of a pattern begins or ends; 0 where there is none.
  private func place(
    of pattern: [UInt8], in text: Int, _ from: Int, isEnd: Bool, _ function: String, _ range: Range<Int>
  ) throws(Refusal) -> Int {
    guard let made = BytePattern(pattern, canAnchor: true) else {
      throw refusal("calls \(function) with a pattern", range)
    }
    return apply(PatternOperations.find(made, named: "\(pattern)", isEnd: isEnd), [text, from])
  }

  /// `string.match` of a pattern without captures: what it matches, or nil.
  func match(_ arguments: [SymbolicValue], _ range: Range<Int>) throws(Refusal) -> [SymbolicValue] {
    guard arguments.count >= 2 else { throw refusal("calls string.match without a pattern", range) }
    let start = arguments.count > 2 ? arguments[2] : nothing
    return [
      try combine([arguments[0], arguments[1], start], range) { (a) throws(Refusal) in
        guard let text = self.text(a[0]), let wanted = self.text(a[1]),
          let from = self.optionalInteger(a, 2, default: 1)
        else { return nil }
        guard let bytes = self.builder.constantString(wanted) else {
          throw self.refusal("calls string.match with a pattern that is no constant", range)
        }
        let first = try self.place(of: bytes, in: text, from, isEnd: false, "string.match", range)
        let last = try self.place(of: bytes, in: text, from, isEnd: true, "string.match", range)
        let isFound = self.builder.apply(.lessInteger, self.builder.integer(0), first)
        return self.merge(
          isFound, self.value(.string(self.apply(ByteStrings.sub, [text, first, last]))), self.nothing)
      }
    ]
  }

  private static let longestReplacement = 512

  /// `string.gsub` with a constant pattern and a constant string in its place: the text, and how many were replaced.
  func substitute(_ arguments: [SymbolicValue], _ range: Range<Int>) throws(Refusal) -> [SymbolicValue] {
    guard arguments.count == 3, case .string(let wanted) = arguments[1].single,
      let bytes = builder.constantString(wanted), case .string(let news) = arguments[2].single,
      let replacement = builder.constantString(news), !replacement.contains(UInt8(ascii: "%")),
      replacement.count <= Self.longestReplacement
    else { throw refusal("calls string.gsub with more than constant strings", range) }
    guard let pattern = BytePattern(bytes, canAnchor: true) else {
      throw refusal("calls string.gsub with a pattern", range)
    }
    let operations = [
      PatternOperations.replace(pattern, named: "\(bytes)", by: replacement),
      PatternOperations.count(pattern, named: "\(bytes)"),
    ]
    var results: [SymbolicValue] = []
    for operation in operations {
      results.append(
        try combine([arguments[0]], range) { (a) throws(Refusal) in
          guard let text = self.text(a[0]) else { return nil }
          let made = self.apply(operation, [text])
          return self.value(operation.result == .string ? .string(made) : .integer(made))
        })
    }
    return results
  }
}
