import ReadoutVectors

/// `starts_with ends_with contains`: plain, case-sensitive, bytewise.
enum Containment {
  static let startsWith = BuiltInScalar(
    "starts_with", [Parameter("s", .strings), Parameter("prefix", .strings)], result: "boolean",
    "Whether a string begins with another.",
    examples: [("starts_with('Seoul', 'Se')", "true"), ("starts_with('Seoul', 'se')", "false")]
  ) { arguments in
    kernel(arguments) { string, prefix in string.holds(prefix, at: 0) }
  }

  static let endsWith = BuiltInScalar(
    "ends_with", [Parameter("s", .strings), Parameter("suffix", .strings)], result: "boolean",
    "Whether a string ends with another.",
    examples: [("ends_with('Seoul', 'oul')", "true"), ("ends_with('Seoul', '')", "true")]
  ) { arguments in
    kernel(arguments) { string, suffix in string.holds(suffix, at: string.count - suffix.count) }
  }

  static let contains = BuiltInScalar(
    "contains", [Parameter("s", .strings + [.list]), Parameter("part", .strings)], result: "boolean",
    "Whether a string holds another, or a list an item.",
    examples: [
      ("contains('Panmunjom', 'mun')", "true"), ("contains(split('a;b', ';'), 'b')", "true"),
      ("contains(split('ab', ';'), 'b')", "false"),
    ]
  ) { arguments in
    if arguments[0].type == .list {
      return ScalarKernel(.boolean) { a, _ in Values(booleans: ListItems.holds(a[0], a[1])) }
    }
    return kernel(arguments) { string, part in string.first(of: part) != nil }
  }

  private static func kernel(
    _ arguments: [Argument], _ test: @escaping @Sendable (_ string: Span<UInt8>, _ part: Span<UInt8>) -> Bool
  ) -> ScalarKernel {
    if let part = arguments[1].constantString {
      let part = StringVector([part])
      return StringKernel.kernel(.boolean) { strings, _ in
        Values(
          booleans: part.withBytes(0) { part in
            Vector(count: strings.count) { row in strings.withBytes(row) { test($0, part) } ? 1 : 0 }
          })
      }
    }
    return ScalarKernel(.boolean) { a, _ in
      let (strings, parts) = (a[0].strings, a[1].strings)
      return Values(
        booleans: Vector(count: strings.count) { row in
          strings.withBytes(row) { string in parts.withBytes(row) { test(string, $0) } } ? 1 : 0
        })
    }
  }
}
