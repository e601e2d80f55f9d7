import ReadoutVectors

/// A conversion and its `try_` twin: where a value cannot be read, one is an error and the other gives null.
struct Conversion: Sendable {
  /// The values converted, null where one cannot be read. Null rows may give anything.
  typealias Body = @Sendable (_ values: Values) -> Values

  let type: DataType
  let name: String
  let parameters: [Parameter]
  let summary: String
  let examples: [(String, String)]
  let tryExamples: [(String, String)]
  /// What would be accepted.
  let hint: String
  /// Chooses how to convert; nil is the value as it is.
  let choose: @Sendable (_ arguments: [Argument]) throws(ReadoutError) -> Body?

  /// `integer(x)`.
  var function: BuiltInScalar {
    BuiltInScalar(
      name, parameters, result: type.rawValue, "\(summary); a value that cannot be read is an error.",
      examples: examples
    ) { (arguments) throws(ReadoutError) in
      try kernel(arguments) { (converted, given, rows) throws(ReadoutError) in
        guard converted.nullCount > 0, let row = rows.firstPresent(where: { converted.isNull($0) }) else { return }
        throw rows.error(
          "\(name): cannot read", value: TextConversion.text(of: given[row]), row: row,
          hint: "\(hint); try_\(name)(x) gives null instead")
      }
    }
  }

  /// `try_integer(x)`.
  var tryFunction: BuiltInScalar {
    BuiltInScalar(
      "try_\(name)", parameters, result: type.rawValue, "\(summary), or gives null where a value cannot be read.",
      examples: tryExamples
    ) { (arguments) throws(ReadoutError) in try kernel(arguments, check: nil) }
  }

  private typealias Check = @Sendable (_ converted: Values, _ given: Values, Evaluation) throws(ReadoutError) -> Void

  private func kernel(_ arguments: [Argument], check: Check?) throws(ReadoutError) -> ScalarKernel {
    let type = type
    guard let body = try choose(arguments) else {
      return ScalarKernel(type) { a, _ in a[0].retyped(type) }
    }
    let given = arguments[0].type
    if given.isString {
      return StringKernel.kernel(type, canFail: check != nil) { (strings, rows) throws(ReadoutError) in
        let values = Values(strings: strings, type: given)
        let converted = body(values)
        try check?(converted, values, rows)
        return converted
      }
    }
    return ScalarKernel(type, canFail: check != nil) { (a, rows) throws(ReadoutError) in
      let converted = body(a[0])
      try check?(converted, a[0], rows)
      return converted
    }
  }
}

extension Values {
  /// Values made row by row, null where `body` gives none.
  @inline(__always)
  static func reading<T: BitwiseCopyable & Sendable>(
    count: Int, default empty: T, _ wrap: (Vector<T>) -> Payload, type: DataType, _ body: (Int) -> T?
  ) -> Values {
    var values = MutableVector<T>(repeating: empty, count: count)
    var present = BitmapBuilder()
    for row in 0..<count {
      let value = body(row)
      if let value { values[row] = value }
      present.append(value != nil)
    }
    return Values(type: type, payload: wrap(values.freeze()), validity: present.freezeValidity(), count: count)
  }

  @inline(__always)
  static func readingIntegers(_ strings: StringVector, type: DataType, _ body: (Span<UInt8>) -> Int64?) -> Values {
    reading(count: strings.count, default: 0, { .integers($0) }, type: type) { row in strings.withBytes(row, body) }
  }
}
