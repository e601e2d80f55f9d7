import ReadoutVectors

/// `length trim sub`: positions and lengths in code points; the results are views of the same bytes.
enum Slicing {
  static let length = BuiltInScalar(
    "length", [Parameter("s", .strings + [.list])], result: "integer",
    "Counts the code points of a string, or the items of a list.",
    examples: [("length('Köln')", "4"), ("length('')", "0"), ("length(split('a;b', ';'))", "2")]
  ) { arguments in
    if arguments[0].type == .list {
      return ScalarKernel(.integer) { a, _ in
        let lists = a[0].lists
        return Values(integers: lists.starts.zip(lists.ends) { Int64($1) &- Int64($0) })
      }
    }
    return StringKernel.kernel(.integer) { strings, _ in
      Values(integers: Vector(count: strings.count) { row in strings.withBytes(row) { Int64($0.codePointCount) } })
    }
  }

  static let trim = BuiltInScalar(
    "trim", [Parameter("s", .strings)], result: "the type of s", "Removes white space from both ends.",
    examples: [("trim('  a b ')", "'a b'"), ("trim('')", "''")]
  ) { arguments in
    let type = arguments[0].type
    return StringKernel.kernel(type) { strings, _ in
      Values(strings: views(of: strings) { bytes, _ in trimmed(bytes) }, type: type)
    }
  }

  static let sub = BuiltInScalar(
    "sub", [Parameter("s", .strings), Parameter("from", [.integer]), Parameter("to", [.integer], .optional)],
    result: "the type of s",
    "Gives the code points from one position to another, counted from 1, or from the end with -1.",
    examples: [("sub('Köln', 2, 3)", "'öl'"), ("sub('2025-11-04', 1, 4)", "'2025'"), ("sub('abc', -2)", "'bc'")]
  ) { arguments in
    let type = arguments[0].type
    if let from = arguments[1].constantInteger, arguments.count == 2 || arguments[2].constantInteger != nil {
      let to = arguments.count == 2 ? -1 : arguments[2].constantInteger!
      return StringKernel.kernel(type) { strings, _ in
        Values(strings: views(of: strings) { bytes, _ in slice(bytes, from, to) }, type: type)
      }
    }
    return ScalarKernel(type) { a, _ in
      let from = a[1].integers
      let to = a.count == 2 ? Vector(repeating: -1, count: from.count) : a[2].integers
      return Values(strings: views(of: a[0].strings) { bytes, row in slice(bytes, from[row], to[row]) }, type: type)
    }
  }

  /// Views of the same block: `body` gives the bytes of string `row` to keep, counted from the string's start.
  static func views(of strings: StringVector, _ body: (_ bytes: Span<UInt8>, _ row: Int) -> Range<Int>) -> StringVector
  {
    var starts = MutableVector<UInt32>(capacity: strings.count)
    var ends = MutableVector<UInt32>(capacity: strings.count)
    for row in 0..<strings.count {
      let kept = strings.withBytes(row) { body($0, row) }
      starts.append(strings.starts[row] &+ UInt32(truncatingIfNeeded: kept.lowerBound))
      ends.append(strings.starts[row] &+ UInt32(truncatingIfNeeded: kept.upperBound))
    }
    return StringVector(starts: starts.freeze(), ends: ends.freeze(), bytes: strings.bytes)
  }

  private static func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    var start = 0
    while start < bytes.count {
      let (value, length) = bytes.codePoint(at: start)
      guard isWhiteSpace(value) else { break }
      start += length
    }
    var end = bytes.count
    while end > start {
      let (value, length) = bytes.codePoint(before: end)
      guard isWhiteSpace(value) else { break }
      end -= length
    }
    return start..<end
  }

  /// Unicode's White_Space.
  private static func isWhiteSpace(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
    return Unicode.Scalar(value)?.properties.isWhitespace ?? false
  }

  /// Lua's `string.sub`: negative positions count from the end, what lies outside is cut.
  private static func slice(_ bytes: Span<UInt8>, _ from: Int64, _ to: Int64) -> Range<Int> {
    // In ASCII, code points are bytes; else positions are translated.
    let isASCII = bytes.isASCII
    let count = Int64(isASCII ? bytes.count : bytes.codePointCount)
    let first = max(1, from < 0 ? (from < -count ? 1 : count + from + 1) : from)
    let last = min(count, to < 0 ? (to < -count ? 0 : count + to + 1) : to)
    guard first <= last else { return 0..<0 }
    if isASCII { return Int(first - 1)..<Int(last) }
    return bytes.offset(ofCodePoint: Int(first - 1))..<bytes.offset(ofCodePoint: Int(last))
  }
}
