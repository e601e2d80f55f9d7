import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// Readout's own text functions.
  static let textLibrary: [String: LibraryBody] = [
    "words": LibraryBody(1) { lifter, a, _ in
      guard case .string(let text) = a[0] else { return nil }
      let functions = lifter.state.host.text.functions
      let count = ColumnOperation("words", result: .integer) { a, count, wanted in
        Lifter.integers(a[0], count, wanted) { functions.words(in: $0) }
      }
      return lifter.value(.integer(lifter.apply(count, [text])))
    },
    "mentions": LibraryBody(2, 64) { (lifter, a, range) throws(Refusal) in
      guard case .string(let text) = a[0], let terms = try lifter.constants(a.dropFirst(), "mentions", range) else {
        return nil
      }
      let functions = lifter.state.host.text.functions
      let counter = try lifter.inspect(range) { () throws(ReadoutError) in try functions.mentions(of: terms) }
      let count = ColumnOperation("mentions", detail: "\(terms)", result: .integer) { a, count, wanted in
        Lifter.integers(a[0], count, wanted) { counter.count(in: $0) }
      }
      // The terms are operands only to be seen in the program's text.
      return lifter.value(.integer(lifter.apply(count, [text] + a.dropFirst().compactMap(\.value))))
    },
    "lexicon": LibraryBody(2) { (lifter, a, range) throws(Refusal) in
      guard case .string(let text) = a[0], let names = try lifter.constants(a.dropFirst(), "lexicon", range),
        let name = names.first
      else { return nil }
      let category = names.dropFirst().first
      let functions = lifter.state.host.text.functions
      let scorer = try lifter.inspect(range) { () throws(ReadoutError) in
        try functions.lexicon(named: name, category: category)
      }
      let score = ColumnOperation("lexicon", detail: names.joined(separator: ", "), result: .number) {
        a, count, wanted in
        let strings = a[0].strings
        return Values(
          numbers: Vector(count: count) { row in
            if let wanted, wanted[row] == 0 { return 0 }
            return strings.withBytes(row) { scorer.score(of: $0) }
          })
      }
      return lifter.value(.number(lifter.apply(score, [text] + a.dropFirst().compactMap(\.value))))
    },
  ]

  /// The strings of constants; nil where Lua raises an error.
  private func constants(
    _ contents: ArraySlice<Content>, _ name: String, _ range: Range<Int>
  ) throws(Refusal) -> [String]? {
    var strings: [String] = []
    for content in contents {
      guard case .string(let value) = content else { return nil }
      guard let bytes = builder.constantString(value) else {
        throw refusal("calls \(name) with a term that is no constant", range)
      }
      strings.append(String(decoding: bytes, as: UTF8.self))
    }
    return strings
  }

  fileprivate static func integers(
    _ values: Values, _ count: Int, _ wanted: Vector<UInt8>?, _ body: (Span<UInt8>) -> Int
  ) -> Values {
    let strings = values.strings
    return Values(
      integers: Vector(count: count) { row in
        if let wanted, wanted[row] == 0 { return 0 }
        return strings.withBytes(row) { Int64(body($0)) }
      })
  }
}
