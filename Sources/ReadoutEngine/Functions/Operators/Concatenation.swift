import ReadoutVectors

/// `..` and `#`.
enum Concatenation {
  static let concatenate = OperatorFunction(
    "..", result: "string", "Joins strings; numbers are written as Lua writes them.",
    examples: [("'a' .. 'b'", "'ab'"), ("1 .. '/' .. 2.0", "'1/2.0'")], verb: "concatenate",
    hint: "string(x) writes a value of any type"
  ) { operands in
    guard operands.allSatisfy({ $0.type.isString || $0.type.isNumeric }) else { return nil }
    return ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
      let (left, right) = (LuaText(a[0]), LuaText(a[1]))
      return Values(
        strings: try StringKernel.strings(count: rows.count, for: rows) { row, out in
          left.append(row, to: &out)
          right.append(row, to: &out)
        })
    }
  }

  static let length = OperatorFunction(
    "#", operands: 1, result: "integer",
    "Gives the bytes of a string, as Lua does, or the items of a list; length(s) counts code points.",
    examples: [("#'abc'", "3"), ("#'é'", "2")], verb: "take the length of", hint: "a string or a list is wanted"
  ) { operands in
    switch operands[0].type {
    case .string, .text:
      StringKernel.kernel(.integer) { strings, _ in
        Values(integers: strings.starts.zip(strings.ends) { Int64($1) &- Int64($0) })
      }
    case .list:
      ScalarKernel(.integer) { a, _ in
        let lists = a[0].lists
        return Values(integers: lists.starts.zip(lists.ends) { Int64($1) &- Int64($0) })
      }
    default: nil
    }
  }
}

/// An operand of `..` as text: strings as they are, integers in decimal, floats by C's `%.14g` with `.0` where they
/// look whole.
private enum LuaText {
  case strings(StringVector)
  case integers(Vector<Int64>)
  case numbers(Vector<Double>)

  init(_ values: Values) {
    switch values.type {
    case .integer: self = .integers(values.integers)
    case .number: self = .numbers(values.numbers)
    default: self = .strings(values.strings)
    }
  }

  func append(_ row: Int, to out: inout StringVectorBuilder) {
    switch self {
    case .strings(let strings): strings.withBytes(row) { out.append(bytesOf: $0) }
    case .integers(let vector): out.append(textOf: vector[row])
    case .numbers(let vector): out.append(luaTextOf: vector[row])
    }
  }
}
