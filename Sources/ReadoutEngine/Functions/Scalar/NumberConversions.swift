import ReadoutVectors

/// `number integer boolean` and their `try_` twins.
enum NumberConversions {
  static let number = Conversion(
    type: .number, name: "number", parameters: [Parameter("x", .numbers + .strings + [.boolean])],
    summary: "Reads a number, or makes one of an integer, or of a boolean 1 or 0",
    examples: [("number('3.5')", "3.5"), ("number(2)", "2.0"), ("number(true)", "1.0")],
    tryExamples: [("try_number('n/a')", "nil"), ("try_number('1e3')", "1000.0")],
    hint: "digits with a point and an exponent are read"
  ) { arguments in
    switch arguments[0].type {
    case .number: nil
    case .string, .text:
      { values in
        let strings = values.strings
        return .reading(count: strings.count, default: 0, { .numbers($0) }, type: .number) { row in
          strings.withBytes(row) { NumberText.number($0) }
        }
      }
    default: { values in Values(numbers: values.numbers) }
    }
  }

  static let integer = Conversion(
    type: .integer, name: "integer", parameters: [Parameter("x", .numbers + .strings + [.boolean])],
    summary: "Reads an integer, or makes one of a whole number, or of a boolean 1 or 0",
    examples: [("integer('42')", "42"), ("integer(3.0)", "3"), ("integer(false)", "0")],
    tryExamples: [("try_integer('3.5')", "nil"), ("try_integer('-7')", "-7")],
    hint: "whole numbers of 64 bits are read; floor and round cut fractions"
  ) { arguments in
    switch arguments[0].type {
    case .integer: nil
    case .string, .text: { values in .readingIntegers(values.strings, type: .integer) { NumberText.integer($0) } }
    case .boolean: { values in Values(integers: values.booleans.map { Int64($0) }) }
    default:
      { values in
        let numbers = values.numbers
        return .reading(count: numbers.count, default: 0, { .integers($0) }, type: .integer) { row in
          LuaNumber.integer(numbers[row])
        }
      }
    }
  }

  static let boolean = Conversion(
    type: .boolean, name: "boolean", parameters: [Parameter("x", .numbers + .strings + [.boolean])],
    summary: "Reads true or false in any case, or makes them of 1 and 0",
    examples: [("boolean('True')", "true"), ("boolean(0)", "false")],
    tryExamples: [("try_boolean('yes')", "nil"), ("try_boolean('false')", "false")],
    hint: "true, false, 1 and 0 are read"
  ) { arguments in
    switch arguments[0].type {
    case .boolean: nil
    case .string, .text:
      { values in
        let strings = values.strings
        return .reading(count: strings.count, default: 0, { .booleans($0) }, type: .boolean) { row in
          strings.withBytes(row) { read($0) }
        }
      }
    default:
      { values in
        let numbers = values.numbers
        return .reading(count: numbers.count, default: 0, { .booleans($0) }, type: .boolean) { row in
          numbers[row] == 0 ? 0 : numbers[row] == 1 ? 1 : nil
        }
      }
    }
  }

  private static func read(_ bytes: Span<UInt8>) -> UInt8? {
    func equals(_ word: StaticString) -> Bool {
      guard bytes.count == word.utf8CodeUnitCount else { return false }
      var at = 0
      for byte in word.description.utf8 {
        if bytes[at] | 0x20 != byte | 0x20 { return false }
        at += 1
      }
      return true
    }
    if equals("true") || equals("1") { return 1 }
    return equals("false") || equals("0") ? 0 : nil
  }
}
