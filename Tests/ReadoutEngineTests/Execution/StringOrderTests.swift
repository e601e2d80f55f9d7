import ReadoutVectors
import Testing

@testable import ReadoutEngine

struct StringOrderTests {
  /// Strings of few letters, NULs among them, with beginnings in common that are shorter, as long as and longer than a key.
  @Test(arguments: 0..<40) func isTheOrderOfBytes(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let beginnings = ["", "https://", "abcdefg", "한국어", String(repeating: "x", count: 100), "\u{0}\u{0}"]
    let letters = ["a", "b", "\u{0}", "é", "z"]
    let texts = (0..<[0, 1, 30, 33, 700, 5000][seed % 6]).map { _ in
      beginnings[Int.random(in: 0..<(1 + seed % beginnings.count), using: &random)]
        + (0..<Int.random(in: 0...20, using: &random)).map { _ in letters[Int.random(in: 0..<5, using: &random)] }
        .joined()
    }
    let order = StringOrder.of(StringVector(texts)) {}
    let wanted = texts.indices.sorted { a, b in
      let (x, y) = (Array(texts[a].utf8), Array(texts[b].utf8))
      return x == y ? a < b : x.lexicographicallyPrecedes(y)
    }
    #expect(order.map { Int($0) } == wanted, "seed \(seed)")
  }

  @Test func endsWhereTheTimeIsOver() {
    let control = ExecutionControl()
    control.cancel()
    let strings = StringVector((0..<70_000).map { "name \($0 * 7919 % 70_000)" })
    let values = Values(strings: strings)
    #expect(throws: ReadoutError.self) { try OrderedEncoding(values, control: control) }
  }

  @Test func encodingsAscend() throws {
    let values: [Values] = [
      Values([.integer(3), .integer(.min), .null, .integer(-1), .integer(3), .integer(.max)], type: .integer),
      Values([.number(0.5), .number(.nan), .number(-.infinity), .number(-0.0), .number(0), .null], type: .number),
      Values([.boolean(true), .boolean(false), .null], type: .boolean),
      Values([.string("b"), .string(""), .null, .string("a"), .string("b")], type: .string),
      Values([.list(["b"]), .list([]), .list(["a", "z"]), .list(["b"])], type: .list),
    ]
    for values in values {
      let encoding = try OrderedEncoding(values)
      for row in 0..<values.count {
        let code = Int(encoding.codes[row])
        #expect(values.isNull(row) ? code == encoding.distinct.count : encoding.distinct[code].isSame(as: values[row]))
      }
    }
    let numbers = try OrderedEncoding(values[1]).distinct
    #expect((0..<numbers.count).map { numbers[$0].text } == ["-inf", "0.0", "0.5", "nan"])
    let lists = try OrderedEncoding(values[4]).distinct
    #expect(lists.count == 3)
  }
}

extension Scalar {
  /// Equal, or both NaN.
  fileprivate func isSame(as other: Scalar) -> Bool {
    if case .number(let a) = self, case .number(let b) = other { return a == b || a.isNaN && b.isNaN }
    return self == other
  }
}
