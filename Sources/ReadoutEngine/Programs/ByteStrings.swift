import ReadoutVectors

/// Lua's functions of strings, which know bytes and no characters: positions and lengths count bytes, and letters are those of ASCII.
///
/// A result may cut a character in two, as it may in Lua.
public enum ByteStrings {
  public static let lower = mapping("string.lower") { $0.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
  public static let upper = mapping("string.upper") { $0.map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 } }

  public static let reverse = ColumnOperation("string.reverse", result: .string) {
    (a, count, wanted) throws(ReadoutError) in
    let strings = a[0].strings
    return try ProgramStrings.built(count, wanted) { row, out in
      strings.withBytes(row) { bytes in
        for i in stride(from: bytes.count - 1, through: 0, by: -1) { out.append(byte: bytes[i]) }
      }
    }
  }

  public static let length = ColumnOperation("#", result: .integer, costly: false) { a, count, _ in
    let strings = a[0].strings
    return Values(integers: strings.starts.zip(strings.ends) { Int64($1) &- Int64($0) })
  }

  /// `string.sub(s, i, j)`.
  public static let sub = ColumnOperation("string.sub", result: .string, costly: false) { a, count, _ in
    let strings = a[0].strings
    let (from, to) = (a[1].integers, a[2].integers)
    return Values(
      strings: Slicing.views(of: strings) { bytes, row in slice(bytes.count, from[row], to[row]) })
  }

  /// The byte at a position; -1 where there is none.
  public static let byte = ColumnOperation("string.byte", result: .integer, costly: false) { a, count, _ in
    let strings = a[0].strings
    let position = a[1].integers
    return Values(
      integers: Vector(count: count) { row in
        strings.withBytes(row) { bytes in
          let range = slice(bytes.count, position[row], position[row])
          return range.isEmpty ? -1 : Int64(bytes[range.lowerBound])
        }
      })
  }

  /// `string.find(s, text, init, true)`: where the text begins; 0 where it does not occur.
  public static let find = ColumnOperation("string.find", result: .integer) { a, count, wanted in
    let strings = a[0].strings
    let texts = a[1].strings
    let starts = a[2].integers
    return Values(
      integers: Vector(count: count) { row in
        if let wanted, wanted[row] == 0 { return 0 }
        return strings.withBytes(row) { bytes in
          texts.withBytes(row) { text in
            guard let first = searchStart(starts[row], bytes.count) else { return 0 }
            return Int64(bytes.first(of: text, from: first).map { $0 + 1 } ?? 0)
          }
        }
      })
  }

  /// `string.rep(s, n, separator)`. Whoever calls it has seen to it that the result is not too long.
  public static let rep = ColumnOperation("string.rep", result: .string) { (a, count, wanted) throws(ReadoutError) in
    let strings = a[0].strings
    let times = a[1].integers
    let separators = a[2].strings
    return try ProgramStrings.built(count, wanted) { row, out in
      var left = strings.length(row) + separators.length(row) == 0 ? 0 : times[row]
      while left > 0, !ProgramStrings.isFull(out) {
        strings.withBytes(row) { out.append(bytesOf: $0) }
        left -= 1
        if left > 0 { separators.withBytes(row) { out.append(bytesOf: $0) } }
      }
    }
  }

  /// `a .. b`, both strings.
  public static let concatenate = ColumnOperation("..", result: .string) { (a, count, wanted) throws(ReadoutError) in
    let (left, right) = (a[0].strings, a[1].strings)
    return try ProgramStrings.built(count, wanted) { row, out in
      left.withBytes(row) { out.append(bytesOf: $0) }
      right.withBytes(row) { out.append(bytesOf: $0) }
    }
  }

  /// Numbers as Lua writes them: integers in decimal, floats by `%.14g` with `.0` where they look whole.
  public static let integerText = ColumnOperation("tostring", detail: "integer", result: .string) {
    (a, count, wanted) throws(ReadoutError) in
    let integers = a[0].integers
    return try ProgramStrings.built(count, wanted) { row, out in out.append(textOf: integers[row]) }
  }
  public static let numberText = ColumnOperation("tostring", detail: "number", result: .string) {
    (a, count, wanted) throws(ReadoutError) in
    let numbers = a[0].numbers
    return try ProgramStrings.built(count, wanted) { row, out in out.append(luaTextOf: numbers[row]) }
  }

  public static let equal = comparison("==", .equal)
  public static let less = comparison("<", .less)
  public static let lessOrEqual = comparison("<=", .lessOrEqual)

  // MARK: Loops

  private static func comparison(_ name: String, _ order: Comparison.Order) -> ColumnOperation {
    ColumnOperation(name, detail: "strings", result: .truth, costly: false) { a, _, _ in
      Values(booleans: StringComparison.compare(a[0].strings, a[1].strings, order))
    }
  }

  /// A function of each byte, over all bytes at once: those of the batch's strings mostly stand side by side.
  private static func mapping(
    _ name: String, _ map: @escaping @Sendable (Vector<UInt8>) -> Vector<UInt8>
  ) -> ColumnOperation {
    ColumnOperation(name, result: .string) { (a, count, wanted) throws(ReadoutError) in
      let strings = a[0].strings
      var (first, last, total) = (UInt32.max, UInt32(0), 0)
      for row in 0..<strings.count where strings.ends[row] > strings.starts[row] {
        first = min(first, strings.starts[row])
        last = max(last, strings.ends[row])
        total += Int(strings.ends[row] - strings.starts[row])
      }
      if total > 0, Int(last - first) <= 2 * total {
        // An empty string may stand anywhere.
        let (shift, end) = (first, last)
        return Values(
          strings: StringVector(
            starts: strings.starts.map { $0 < shift || $0 > end ? 0 : $0 &- shift },
            ends: strings.ends.map { $0 < shift || $0 > end ? 0 : $0 &- shift },
            bytes: map(strings.bytes[Int(first)..<Int(last)])))
      }
      return try ProgramStrings.built(count, wanted) { row, out in
        strings.withBytes(row) { bytes in
          out.append(bytesOf: map(Vector(count: bytes.count) { bytes[$0] }).span)
        }
      }
    }
  }

  /// Where a search from position `start` of a string of `count` bytes begins, as `str_find_aux` of Lua's lstrlib.c takes it; nil behind
  /// its end.
  static func searchStart(_ start: Int64, _ count: Int) -> Int? {
    let first = start > 0 ? start - 1 : start == 0 || start < -Int64(count) ? 0 : Int64(count) + start
    return first <= Int64(count) ? Int(first) : nil
  }

  /// The bytes from one position to another, as `str_sub` of Lua's lstrlib.c takes them.
  private static func slice(_ count: Int, _ from: Int64, _ to: Int64) -> Range<Int> {
    let length = Int64(count)
    let first = from > 0 ? from : from == 0 ? 1 : from < -length ? 1 : length + from + 1
    let last = to > length ? length : to >= 0 ? to : to < -length ? 0 : length + to + 1
    return first > last ? 0..<0 : Int(first - 1)..<Int(last)
  }
}
